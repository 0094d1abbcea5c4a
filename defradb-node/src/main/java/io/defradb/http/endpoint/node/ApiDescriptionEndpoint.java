package io.defradb.http.endpoint.node;

import io.defradb.document.JsonWriter;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Operation;
import io.defradb.http.SharedSchema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The OpenAPI document, derived from the endpoints. */
record ApiDescriptionEndpoint(List<Operation> described) implements Endpoint {
  private static final String ERROR =
      "{\"type\":\"object\",\"properties\":{\"error\":{\"type\":\"string\"}}}";
  private static final String CODED_ERROR =
      "{\"type\":\"object\",\"properties\":{\"error\":{\"type\":\"string\"},"
          + "\"code\":{\"type\":\"string\"}}}";

  @Override
  public Operation operation() {
    return Operation.root("/openapi.json", "openapi", "The description of the API");
  }

  @Override
  public Answer answer(HttpCall call) {
    var json = new JsonWriter();
    json.beginObject().name("openapi").string("3.0.3");
    json.name("info").beginObject();
    json.name("title").string("DefraDB API").name("version").string("0").endObject();
    json.name("servers").beginArray().beginObject();
    json.name("url").string("/api/v0").name("description").string("Local DefraDB instance");
    json.endObject().endArray();
    json.name("paths").beginObject();
    byPath().forEach((path, operations) -> writePath(json, path, operations));
    json.endObject();
    json.name("components").beginObject().name("schemas").beginObject();
    for (SharedSchema shared : SharedSchema.values()) {
      raw(json.name(shared.key()), shared.text());
    }
    json.endObject().endObject().endObject();
    return Answer.json(json);
  }

  private Map<String, TreeMap<String, Operation>> byPath() {
    var paths = new TreeMap<String, TreeMap<String, Operation>>();
    for (Operation operation : described) {
      if (operation.isApi()) {
        paths
            .computeIfAbsent(operation.path(), unused -> new TreeMap<>())
            .put(operation.method().name().toLowerCase(Locale.ROOT), operation);
      }
    }
    return paths;
  }

  private static void writePath(JsonWriter json, String path, Map<String, Operation> operations) {
    json.name(path).beginObject();
    operations.forEach(
        (method, operation) -> {
          json.name(method);
          write(json, operation);
        });
    json.endObject();
  }

  private static void write(JsonWriter json, Operation operation) {
    json.beginObject().name("operationId").string(operation.id());
    json.name("summary").string(operation.summary());
    json.name("tags").beginArray().string(operation.tag()).endArray();
    if (!operation.parameters().isEmpty()) {
      json.name("parameters").beginArray();
      operation.parameters().forEach(parameter -> write(json, parameter));
      json.endArray();
    }
    Operation.Body body = operation.body();
    if (body != null) {
      json.name("requestBody").beginObject().name("required").bool(body.isRequired());
      writeContent(json, body.contentType(), body.schema());
      json.endObject();
    }
    writeResponses(json, operation);
    json.endObject();
  }

  private static void write(JsonWriter json, Operation.Parameter parameter) {
    boolean isInPath = parameter.in() == Operation.Parameter.In.PATH;
    json.beginObject().name("name").string(parameter.name());
    json.name("in").string(isInPath ? "path" : "query");
    json.name("description").string(parameter.description());
    if (isInPath) {
      json.name("required").bool(true);
    }
    raw(json.name("schema"), parameter.schema());
    json.endObject();
  }

  private static void writeResponses(JsonWriter json, Operation operation) {
    json.name("responses").beginObject();
    json.name("200").beginObject().name("description").string("Success");
    String schema = operation.answerSchema();
    if (schema != null) {
      writeContent(json, operation.answerType(), schema);
    }
    json.endObject();
    boolean isCoded = operation.errorForm() == Operation.ErrorForm.CODED;
    json.name(isCoded ? "default" : "400").beginObject().name("description").string("Failure");
    writeContent(json, Operation.JSON, isCoded ? CODED_ERROR : ERROR);
    json.endObject().endObject();
  }

  private static void writeContent(JsonWriter json, String contentType, String schema) {
    json.name("content").beginObject().name(contentType).beginObject();
    raw(json.name("schema"), schema);
    json.endObject().endObject();
  }

  private static void raw(JsonWriter json, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    json.raw(bytes, 0, bytes.length);
  }
}

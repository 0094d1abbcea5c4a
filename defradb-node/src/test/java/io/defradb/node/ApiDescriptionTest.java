package io.defradb.node;

import static io.defradb.node.TestNodes.ask;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The served OpenAPI document: valid, complete, and true. */
class ApiDescriptionTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path root;
  private DefraNode node;
  private JsonNode document;

  @BeforeEach
  void start() throws Exception {
    node = DefraNode.start(TestNodes.inMemory(root));
    document = JSON.readTree(ask(node, "GET", "/openapi.json", "").body());
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void givenTheDocument_whenParsedByAnother_thenItIsOpenApi() {
    SwaggerParseResult parsed = new OpenAPIV3Parser().readContents(document.toString(), null, null);
    assertThat(parsed.getMessages()).isEmpty();
    assertThat(parsed.getOpenAPI().getOpenapi()).isEqualTo("3.0.3");
    assertThat(parsed.getOpenAPI().getServers()).hasSize(1);
  }

  @Test
  void givenTheRoutesOfTheReference_thenEachIsHereUnderItsOperationId() throws Exception {
    List<String> rows;
    try (InputStream golden =
        Objects.requireNonNull(getClass().getResourceAsStream("/golden/http/operations.txt"))) {
      rows = new String(golden.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    assertThat(rows).hasSize(57);
    for (String row : rows) {
      String[] parts = row.split(" ", 3);
      JsonNode operation = operation(parts[0], parts[1]);
      assertThat(operation.path("operationId").asText()).as(row).isEqualTo(parts[2]);
      assertThat(operation.path("responses").path("200").isObject()).as(row).isTrue();
    }
  }

  @Test
  void givenEveryOperation_thenItsIdIsItsOwnAndItsPathParametersAreDescribed() {
    var ids = new HashSet<String>();
    document
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method -> {
                          JsonNode operation = method.getValue();
                          assertThat(ids.add(operation.get("operationId").asText()))
                              .as("%s %s", method.getKey(), path.getKey())
                              .isTrue();
                          Set<String> described = new TreeSet<>();
                          operation
                              .path("parameters")
                              .forEach(
                                  parameter -> {
                                    if (parameter.get("in").asText().equals("path")) {
                                      described.add("{" + parameter.get("name").asText() + "}");
                                    }
                                  });
                          Set<String> written = new TreeSet<>();
                          for (String segment : path.getKey().split("/", -1)) {
                            if (segment.startsWith("{")) {
                              written.add(segment);
                            }
                          }
                          assertThat(described).as(path.getKey()).isEqualTo(written);
                        }));
  }

  private JsonNode operation(String method, String path) {
    return document.get("paths").path(path).path(method.toLowerCase(Locale.ROOT));
  }

  /** A request and the path by which the document knows it. */
  private record Asked(String method, String target, String path, String body) {
    static Asked of(String method, String path, String body) {
      return new Asked(method, path, path, body);
    }
  }

  @Test
  void givenRealAnswers_whenHeldAgainstTheDocument_thenEachIsAsItSays() throws Exception {
    ask(
        node,
        "POST",
        "/api/v0/schema",
        "type Author { name: String books: [Book] }"
            + " type Book @index(includes: [{field: \"title\"}]) { title: String @default(string: \"x\")"
            + " author: Author tags: [String!] @constraints(size: 2) }");
    ask(node, "POST", "/api/v0/collections/Author", "[{\"name\":\"Ann\"},{\"name\":\"Bob\"}]");
    String bob =
        JSON.readTree(
                TestNodes.graphql(node, "{Author(filter: {name: {_eq: \\\"Bob\\\"}}){_docID}}"))
            .at("/data/Author/0/_docID")
            .asText();
    String lens = "{\"CollectionID\":\"x\",\"Data\":[{\"name\":\"Ann\"}]}";
    var asked = new ArrayList<Asked>();
    asked.add(Asked.of("GET", "/collections", ""));
    asked.add(Asked.of("GET", "/schema", ""));
    asked.add(Asked.of("POST", "/schema", "type Late { x: Int }"));
    asked.add(
        Asked.of(
            "POST",
            "/view",
            "{\"Query\":\"Author { name }\",\"SDL\":\"type Named @materialized(if: false) { name: String }\"}"));
    asked.add(new Asked("GET", "/collections/Author/" + bob, "/collections/{name}/{docID}", ""));
    asked.add(new Asked("GET", "/collections/Book/indexes", "/collections/{name}/indexes", ""));
    asked.add(
        new Asked(
            "POST",
            "/collections/Author/indexes",
            "/collections/{name}/indexes",
            "{\"Name\":\"n\",\"Fields\":[{\"Name\":\"name\",\"Descending\":true}],\"Unique\":false}"));
    asked.add(Asked.of("GET", "/collections/indexes", ""));
    asked.add(
        new Asked(
            "PATCH",
            "/collections/Author",
            "/collections/{name}",
            "{\"filter\":{\"name\":{\"_eq\":\"Ann\"}},\"updater\":\"{\\\"name\\\":\\\"Cid\\\"}\"}"));
    asked.add(
        new Asked(
            "DELETE",
            "/collections/Author",
            "/collections/{name}",
            "{\"filter\":\"{name: {_eq: \\\"Cid\\\"}}\"}"));
    asked.add(Asked.of("POST", "/graphql", "{\"query\":\"{Author{name}}\"}"));
    asked.add(Asked.of("POST", "/graphql", "{\"query\":\"{Nope{name}}\"}"));
    asked.add(new Asked("GET", "/graphql?query=%7BAuthor%7Bname%7D%7D", "/graphql", ""));
    asked.add(Asked.of("POST", "/tx", ""));
    asked.add(Asked.of("POST", "/tx/concurrent", ""));
    asked.add(Asked.of("GET", "/acp/node/status", ""));
    asked.add(Asked.of("GET", "/node/identity", ""));
    asked.add(new Asked("POST", "/lens/registry/x/up", "/lens/registry/{version}/up", lens));
    asked.add(
        Asked.of(
            "POST",
            "/ccip",
            "{\"sender\":\"x\",\"data\":\"0x7b227175657279223a227b417574686f727b6e616d657d7d227d\"}"));
    asked.add(Asked.of("GET", "/changes/info", ""));
    for (Asked one : asked) {
      check(one);
    }
  }

  private void check(Asked asked) throws Exception {
    HttpResponse<String> answer = ask(node, asked.method, "/api/v0" + asked.target, asked.body);
    assertThat(answer.statusCode()).as("%s: %s", asked, answer.body()).isEqualTo(200);
    JsonNode content =
        operation(asked.method, asked.path).path("responses").path("200").path("content");
    String type = answer.headers().firstValue("Content-Type").orElse("");
    JsonNode described = content.path(type).path("schema");
    assertThat(described.isObject()).as("%s answers %s", asked, type).isTrue();
    assertThat(schema(described).validate(JSON.readTree(answer.body())))
        .as("%s: %s", asked, answer.body())
        .isEmpty();
  }

  /** With what its references name. OpenAPI's {@code nullable} is JSON Schema's further type. */
  private JsonSchema schema(JsonNode described) {
    ObjectNode whole = described.deepCopy();
    whole.set("components", document.path("components").deepCopy());
    nullable(whole);
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(whole);
  }

  private static void nullable(JsonNode schema) {
    if (schema instanceof ObjectNode object
        && object.path("nullable").asBoolean()
        && object.path("type").isTextual()) {
      String type = object.get("type").asText();
      object.putArray("type").add(type).add("null");
    }
    schema.forEach(ApiDescriptionTest::nullable);
  }
}

package io.defradb.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.acp.Asker;
import io.defradb.document.JsonWriter;
import io.defradb.error.DefraException;
import io.defradb.graphql.GraphqlDoor;
import io.defradb.graphql.ParsedRequest;
import io.defradb.graphql.collection.CollectionEditor;
import io.defradb.query.operator.QueryLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Text in, JSON out, as over HTTP: the GraphQL door and the runner over a {@link FakeStore}. */
final class InMemoryNode {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FakeStore store = new FakeStore(List.of());
  private final GraphqlDoor door = new GraphqlDoor();
  private final RequestRunner runner = new RequestRunner(QueryLimits.DEFAULT);

  void addSchema(String sdl) {
    new CollectionEditor().add(store, sdl);
  }

  int openCursors() {
    return store.openCursors();
  }

  /** {@code {"data":…}} or {@code {"errors":…,"data":null}}; a failing request changes nothing. */
  JsonNode answer(String query, @Nullable String operationName, Map<String, Object> variables) {
    ParsedRequest parsed = door.parse(query, operationName, variables, store);
    if (parsed instanceof ParsedRequest.Refused refused) {
      return failed(refused.messages());
    }
    if (parsed instanceof ParsedRequest.Introspected introspected) {
      return data(introspected.dataJson().toUtf8());
    }
    var out = new JsonWriter();
    Runnable undo = store.undo();
    try {
      runner.run(parsed.asked(), store, Asker.ANONYMOUS, out);
    } catch (DefraException e) {
      undo.run();
      return failed(List.of(e.getMessage()));
    }
    return data(new String(out.toBytes(), StandardCharsets.UTF_8));
  }

  private static JsonNode data(String json) {
    ObjectNode answer = JSON.createObjectNode();
    answer.set("data", read(json));
    return canonical(answer);
  }

  private static JsonNode failed(List<String> messages) {
    ObjectNode answer = JSON.createObjectNode();
    var errors = answer.putArray("errors");
    messages.forEach(it -> errors.addObject().put("message", it));
    answer.putNull("data");
    return answer;
  }

  /** Numbers by value, whatever their form: the reference prints 2 for 2.0. */
  static JsonNode canonical(JsonNode node) {
    return read(node.toString().replaceAll("(\\d)\\.0([,}\\]])", "$1$2"));
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

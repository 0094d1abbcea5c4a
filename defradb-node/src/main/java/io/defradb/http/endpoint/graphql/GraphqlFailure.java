package io.defradb.http.endpoint.graphql;

import io.defradb.document.JsonWriter;
import io.defradb.error.DefraException;
import java.util.List;

/** {@code {"errors":[{"message":…}],"data":null}}: a failure has no data at all. */
final class GraphqlFailure {
  private GraphqlFailure() {}

  static void write(DefraException failure, JsonWriter json) {
    write(List.of(failure.getMessage()), json);
  }

  /** Empties {@code json} first. */
  static void write(List<String> messages, JsonWriter json) {
    json.reset();
    json.beginObject().name("errors").beginArray();
    messages.forEach(message -> json.beginObject().name("message").string(message).endObject());
    json.endArray().name("data").nullValue().endObject();
  }
}

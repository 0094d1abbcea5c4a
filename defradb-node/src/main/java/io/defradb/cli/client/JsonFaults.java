package io.defradb.cli.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.defradb.document.JsonFault;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What is wrong with a JSON text that a user typed. */
final class JsonFaults {
  private JsonFaults() {}

  /** {@code null}: it is one JSON value. */
  static @Nullable String find(String text) {
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      boolean isOne = parser.nextToken() != null;
      parser.skipChildren();
      if (isOne && parser.nextToken() == null) {
        return null;
      }
    } catch (IOException broken) {
      return JsonFault.explain(JsonBody.utf8(text));
    }
    return JsonFault.explain(JsonBody.utf8(text));
  }
}

package io.defradb.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.cli.command.CommandFault;
import io.defradb.schema.json.GoJsonFaults;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.StringJoiner;

/**
 * Builds the JSON object of a request. Member texts that are JSON already go in as they were typed,
 * so that no number changes.
 */
final class JsonBody {
  private final StringJoiner members = new StringJoiner(",", "{", "}");

  static JsonBody object() {
    return new JsonBody();
  }

  JsonBody text(String name, String value) {
    return json(name, quoted(value));
  }

  JsonBody texts(String name, Collection<String> values) {
    return json(name, array(values));
  }

  JsonBody flag(String name, boolean value) {
    return json(name, Boolean.toString(value));
  }

  /** {@code value}: a JSON text. */
  JsonBody json(String name, String value) {
    members.add(quoted(name) + ":" + value);
    return this;
  }

  byte[] bytes() {
    return utf8(members.toString());
  }

  @Override
  public String toString() {
    return members.toString();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String array(Collection<String> values) {
    var array = new StringJoiner(",", "[", "]");
    values.forEach(value -> array.add(quoted(value)));
    return array.toString();
  }

  static String quoted(String value) {
    var text = new StringBuilder(value.length() + 16).append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (c < ' ') {
            text.append(String.format("\\u%04x", (int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    return text.append('"').toString();
  }

  /** The same, and it must be an object, or null. */
  static String checkedObject(String text) throws IOException {
    JsonNode parsed = NodeCall.parse(utf8(checked(text)));
    if (parsed.isObject() || parsed.isNull()) {
      return text;
    }
    throw new CommandFault(
        "json: cannot unmarshal "
            + GoJsonFaults.kind(parsed)
            + " into Go value of type map[string]interface {}");
  }

  /** Answers {@code text} when it is JSON; else throws with the words of the reference. */
  static String checked(String text) {
    String fault = JsonFaults.find(text);
    if (fault != null) {
      throw new CommandFault(fault);
    }
    return text;
  }
}

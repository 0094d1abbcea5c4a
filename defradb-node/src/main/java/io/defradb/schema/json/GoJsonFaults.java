package io.defradb.schema.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.document.JsonWriter;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.TreeMap;

/** What users of the reference read about JSON of another kind than the one that is wanted. */
public final class GoJsonFaults {
  private GoJsonFaults() {}

  /** {@code wanted}: the reference's name for it. INVALID_PATCH. */
  public static DefraException value(JsonNode found, String wanted) {
    return fault(found, "value of type " + wanted);
  }

  /** {@code path}: the members that lead to {@code found}, with points between. */
  static DefraException member(JsonNode found, String path, String wanted) {
    return fault(found, "struct field " + path + " of type " + wanted);
  }

  /** What kind of JSON value it is, in the reference's word. */
  public static String kind(JsonNode found) {
    return found.isBoolean() ? "bool" : found.getNodeType().name().toLowerCase(Locale.ROOT);
  }

  private static DefraException fault(JsonNode found, String place) {
    // Only a number that could have been right is named.
    boolean isNamed = found.isNumber() && place.matches(".*type (u?int\\d*|client\\.CType)");
    return new DefraException(
        ErrorCode.INVALID_PATCH,
        "json: cannot unmarshal "
            + kind(found)
            + (isNamed ? " " + found : "")
            + " into Go "
            + place);
  }

  /** Compact, the members of the object itself sorted. */
  public static String print(JsonNode object) {
    if (!object.isObject()) {
      return object.toString();
    }
    var members = new TreeMap<String, JsonNode>();
    object.properties().forEach(it -> members.put(it.getKey(), it.getValue()));
    var json = new JsonWriter();
    json.beginObject();
    members.forEach(
        (name, value) -> {
          json.name(name);
          TreeText.write(json, value);
        });
    json.endObject();
    return new String(json.toBytes(), StandardCharsets.UTF_8);
  }
}

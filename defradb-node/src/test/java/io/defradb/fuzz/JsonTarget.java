package io.defradb.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.defradb.document.DocumentJson;
import io.defradb.document.FieldKind;
import io.defradb.document.JsonWriter;
import io.defradb.document.Value;
import io.defradb.document.ValueCbor;
import io.defradb.error.DefraException;
import io.defradb.http.JsonBody;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** JSON of documents and of request bodies: what is taken means what it says, and survives CBOR. */
final class JsonTarget implements FuzzTarget {
  /** Halves of a pair, which the reference leaves as they are written. */
  private static final Pattern ODD = Pattern.compile("[\\ud800-\\udfff\\ufffd]");

  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  @Override
  public List<byte[]> seeds() {
    return Seeds.texts(
        "{\"a\": [1, -0, 2.5e-7, 1E+21, 9007199254740993, null, true, false, \"x\\u00e9\\n\"]}",
        "[{\"name\": \"Bob\", \"meta\": {\"k\": {\"z\": []}}}, {}]",
        "\"\\ud83d\\ude00\"",
        " 18446744073709551616 ",
        "{\"query\": \"{ U { name } }\", \"variables\": {\"a\": null}}");
  }

  @Override
  public List<String> words() {
    return List.of(
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\u",
        "\\ud83d",
        "\\",
        "null",
        "true",
        "1e999",
        "-",
        "0",
        "1e-400",
        "9223372036854775808",
        "\u2028",
        "\t",
        "\u0000",
        "\"a\":",
        "1.0",
        "NaN");
  }

  @Override
  public boolean accepts(byte[] input) throws Exception {
    boolean isBody = isBody(input);
    Value value;
    try {
      value = DocumentJson.parseValue(FieldKind.JSON, input);
    } catch (DefraException refused) {
      return isBody;
    }
    byte[] cbor = ValueCbor.encode(FieldKind.JSON, value);
    if (!ValueCbor.decode(FieldKind.JSON, cbor).equals(value)) {
      throw new AssertionError("CBOR changes the value");
    }
    compare(input, value);
    return true;
  }

  private static boolean isBody(byte[] input) {
    try {
      JsonBody.parse(input);
      return true;
    } catch (DefraException refused) {
      return false;
    }
  }

  /** What is JSON to another parser has the same meaning; ours takes more, as the reference. */
  private static void compare(byte[] input, Value value) throws Exception {
    JsonNode other;
    try {
      other = STRICT.readTree(new String(input, StandardCharsets.UTF_8));
    } catch (JsonProcessingException refused) {
      return;
    }
    JsonNode ours = STRICT.readTree(new JsonWriter().value(value).toBytes());
    if (!isSame(ours, other)) {
      throw new AssertionError(ours + " is not " + other);
    }
  }

  private static boolean isSame(JsonNode ours, JsonNode other) {
    if (ours.isNumber() && other.isNumber()) {
      double one = ours.doubleValue();
      double two = other.doubleValue();
      return Math.abs(one - two) <= 1e-12 * Math.abs(two) || Double.isInfinite(two);
    }
    if (ours.getNodeType() != other.getNodeType() || ours.size() != other.size()) {
      return other.isNumber() && ours.isNull(); // no number at all: too large
    }
    if (!ours.isContainerNode()) {
      return ours.equals(other) || ODD.matcher(other.asText()).find();
    }
    for (int i = 0; ours.isArray() && i < ours.size(); i++) {
      if (!isSame(ours.get(i), other.get(i))) {
        return false;
      }
    }
    for (String name : names(ours)) {
      JsonNode there = other.get(name);
      if (there != null && !isSame(ours.get(name), there)) {
        return false;
      }
    }
    return true;
  }

  private static List<String> names(JsonNode object) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}

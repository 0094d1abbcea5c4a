package io.defradb.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.defradb.document.JsonFault;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.schema.json.GoJsonFaults;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Request bodies as JSON: members found without regard to case, faults in the texts users know. */
public final class JsonBody {
  private static final byte BYTE_ORDER_MARK = (byte) 0xEF; // its first of three
  private static final int DEPTH_MAX = 1000;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH_MAX)
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonBody() {}

  /**
   * Reads one JSON value.
   *
   * @throws DefraException INVALID_JSON
   */
  public static JsonNode parse(byte[] json) {
    if (json.length > 0 && json[0] == BYTE_ORDER_MARK) {
      throw new DefraException(ErrorCode.INVALID_JSON, JsonFault.explain(json));
    }
    try {
      JsonNode node = MAPPER.readTree(json);
      if (node instanceof MissingNode) {
        throw new DefraException(ErrorCode.INVALID_JSON, "unexpected end of JSON input");
      }
      return node;
    } catch (IOException notJson) {
      throw new DefraException(ErrorCode.INVALID_JSON, JsonFault.explain(json));
    } catch (NumberFormatException beyondAnyNumber) {
      throw new DefraException(
          ErrorCode.INVALID_JSON, "json: cannot unmarshal number into Go value of type float64");
    }
  }

  /** The same of a text. */
  public static JsonNode parse(String json) {
    return parse(json.getBytes(StandardCharsets.UTF_8));
  }

  /** The member of that name in any case, the exact one first; a missing node otherwise. */
  public static JsonNode member(JsonNode object, String name) {
    JsonNode exact = object.get(name);
    if (exact != null) {
      return exact;
    }
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (member.getKey().equalsIgnoreCase(name)) {
        return member.getValue();
      }
    }
    return MissingNode.getInstance();
  }

  /** The text of a member, empty when it is missing or null. */
  public static String text(JsonNode object, String name) {
    JsonNode member = member(object, name);
    if (member.isMissingNode() || member.isNull()) {
      return "";
    }
    if (!member.isTextual()) {
      throw wrongType(member, name, "string");
    }
    return member.textValue();
  }

  /** The truth of a member, false when it is missing or null. */
  public static boolean flag(JsonNode object, String name) {
    JsonNode member = member(object, name);
    if (member.isMissingNode() || member.isNull()) {
      return false;
    }
    if (!member.isBoolean()) {
      throw wrongType(member, name, "bool");
    }
    return member.booleanValue();
  }

  private static DefraException wrongType(JsonNode found, String name, String wanted) {
    return new DefraException(
        ErrorCode.INVALID_JSON,
        "json: cannot unmarshal "
            + GoJsonFaults.kind(found)
            + " into field "
            + name
            + " of type "
            + wanted);
  }
}

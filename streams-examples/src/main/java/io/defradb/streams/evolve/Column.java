package io.defradb.streams.evolve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A column that the reader wants, whatever version a document is of.
 *
 * @param names the field's names, the newest first: the first one that has a value counts
 */
public record Column(String name, Type type, List<String> names) {
  private static final Pattern TEXT =
      Pattern.compile("(?<name>\\w+)(:(?<type>\\w+))?(=(?<was>\\w+(\\|\\w+)*))?");

  /** What a value is made to be; a value that cannot be is a fault. */
  public enum Type {
    ANY,
    STRING,
    INT,
    FLOAT,
    BOOLEAN
  }

  /** Reads {@code name}, {@code name:type}, {@code name:type=older|oldest}. */
  public static Column parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "a column is name, name:type or name:type=older|oldest, not " + text);
    }
    String name = parts.group("name");
    String type = parts.group("type");
    String was = parts.group("was");
    List<String> names =
        was == null
            ? List.of(name)
            : Stream.concat(Stream.of(name), Arrays.stream(was.split("\\|"))).toList();
    return new Column(name, type == null ? Type.ANY : type(type), names);
  }

  private static Type type(String text) {
    for (Type type : Type.values()) {
      if (type.name().equalsIgnoreCase(text)) {
        return type;
      }
    }
    throw new IllegalArgumentException(
        "a column's type is any, string, int, float or boolean, not " + text);
  }

  /** The document's value under the newest of the names that has one; else JSON null. */
  JsonNode value(JsonNode document) {
    for (String known : names) {
      JsonNode value = document.path(known);
      if (!value.isMissingNode() && !value.isNull()) {
        return value;
      }
    }
    return JsonNodeFactory.instance.nullNode();
  }

  /**
   * The value in the column's type.
   *
   * @throws IllegalArgumentException when it has none there
   */
  JsonNode fitted(JsonNode value) {
    if (value.isNull()) {
      return value;
    }
    return switch (type) {
      case ANY -> value;
      case STRING ->
          JsonNodeFactory.instance.textNode(
              value.isValueNode() ? value.asText() : value.toString());
      case INT -> JsonNodeFactory.instance.numberNode(number(value).longValueExact());
      case FLOAT -> JsonNodeFactory.instance.numberNode(number(value));
      case BOOLEAN -> {
        if (!value.isBoolean()) {
          throw new IllegalArgumentException(value + " is no boolean");
        }
        yield value;
      }
    };
  }

  private static BigDecimal number(JsonNode value) {
    try {
      if (value.isNumber() || value.isTextual()) {
        return new BigDecimal(value.asText());
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(value + " is no number", e);
    }
    throw new IllegalArgumentException(value + " is no number");
  }
}

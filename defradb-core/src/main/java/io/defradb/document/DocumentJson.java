package io.defradb.document;

import io.defradb.document.JsonText.ArrayItem;
import io.defradb.document.JsonText.Item;
import io.defradb.document.JsonText.NumberItem;
import io.defradb.document.JsonText.ObjectItem;
import io.defradb.document.JsonText.StringItem;
import io.defradb.document.JsonText.WordItem;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Documents as JSON texts, the way of the HTTP API and the CLI (data-model specification, 1.3):
 * integers of 64 bits and nothing but digits, no coercion between types.
 */
public final class DocumentJson {
  private DocumentJson() {}

  /** One document: its fields in the order of the text. */
  public static Map<String, Value> parse(byte[] json, FieldKinds kinds) {
    return document(JsonText.parse(json), kinds);
  }

  public static Map<String, Value> parse(String json, FieldKinds kinds) {
    return document(JsonText.parse(json), kinds);
  }

  /** An array of documents. */
  public static List<Map<String, Value>> parseAll(byte[] json, FieldKinds kinds) {
    Item item = JsonText.parse(json);
    if (!(item instanceof ArrayItem array)) {
      throw wrongType("array", item);
    }
    List<Map<String, Value>> documents = new ArrayList<>(array.items().size());
    array.items().forEach(document -> documents.add(document(document, kinds)));
    return documents;
  }

  /** One value of {@code kind}. */
  public static Value parseValue(FieldKind kind, byte[] json) {
    return value(kind, JsonText.parse(json));
  }

  /** Whether the text begins like an array. */
  public static boolean isArray(byte[] json) {
    for (byte b : json) {
      if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
        return b == '[';
      }
    }
    return false;
  }

  private static Map<String, Value> document(Item item, FieldKinds kinds) {
    if (!(item instanceof ObjectItem object)) {
      throw wrongType("object", item);
    }
    Map<String, Value> fields = new LinkedHashMap<>();
    object
        .members()
        .forEach(
            (name, member) -> {
              FieldKind kind = kinds.kindOf(name);
              if (kind == null) {
                throw new DefraException(
                    ErrorCode.FIELD_NOT_FOUND, "the given field does not exist", "Name", name);
              }
              fields.put(name, value(kind, member));
            });
    return fields;
  }

  private static Value value(FieldKind kind, Item item) {
    if (kind == FieldKind.JSON) {
      return json(item);
    }
    if (item instanceof WordItem word && word.word().equals("null")) {
      return Value.NULL;
    }
    FieldKind element = kind.element();
    if (element != null) {
      return items(kind, element, item);
    }
    return switch (kind) {
      case BOOLEAN -> bool(item);
      case INT -> new Value.Int(integer(item));
      case FLOAT64 -> new Value.Float64(number(item));
      case FLOAT32 -> new Value.Float32((float) number(item));
      case DATE_TIME -> new Value.Text(DateTimes.canonical(text(item)));
      case ID -> new Value.Text(DocIds.parse(text(item)).text());
      default -> new Value.Text(text(item));
    };
  }

  private static Value items(FieldKind kind, FieldKind element, Item item) {
    if (!(item instanceof ArrayItem array)) {
      throw wrongType("array", item);
    }
    List<Value> values = new ArrayList<>(array.items().size());
    for (Item each : array.items()) {
      Value value = value(element, each);
      values.add(value.isNull() && !kind.hasNillableElements() ? zero(element) : value);
    }
    return new Value.Items(values);
  }

  /** What a null among elements that cannot be null becomes. */
  private static Value zero(FieldKind element) {
    return switch (element) {
      case BOOLEAN -> Value.Bool.FALSE;
      case INT -> new Value.Int(0);
      case FLOAT64 -> new Value.Float64(0);
      case FLOAT32 -> new Value.Float32(0);
      default -> new Value.Text("");
    };
  }

  private static Value json(Item item) {
    if (item instanceof ObjectItem object) {
      SortedMap<String, Value> fields = new TreeMap<>(Utf8Order.INSTANCE);
      object.members().forEach((name, member) -> fields.put(name, json(member)));
      return new Value.Fields(fields);
    }
    if (item instanceof ArrayItem array) {
      return new Value.Items(array.items().stream().map(DocumentJson::json).toList());
    }
    if (item instanceof StringItem string) {
      return new Value.Text(string.text());
    }
    if (item instanceof NumberItem) {
      return new Value.Float64(number(item));
    }
    String word = ((WordItem) item).word();
    return word.equals("null") ? Value.NULL : Value.Bool.of(word.equals("true"));
  }

  private static Value bool(Item item) {
    if (item instanceof WordItem word) {
      return Value.Bool.of(word.word().equals("true"));
    }
    throw wrongType("bool", item);
  }

  private static String text(Item item) {
    if (item instanceof StringItem string) {
      return string.text();
    }
    throw wrongType("string", item);
  }

  private static long integer(Item item) {
    if (item instanceof NumberItem number) {
      return JsonNumbers.integer(number.text());
    }
    throw wrongType("number", item);
  }

  private static double number(Item item) {
    if (item instanceof NumberItem number) {
      return JsonNumbers.float64(number.text());
    }
    throw wrongType("number", item);
  }

  private static DefraException wrongType(String wanted, Item item) {
    return new DefraException(
        ErrorCode.INVALID_VALUE,
        "value doesn't contain " + wanted + "; it contains " + item.type());
  }
}

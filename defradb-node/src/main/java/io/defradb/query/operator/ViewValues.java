package io.defradb.query.operator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.defradb.document.FieldKind;
import io.defradb.document.Value;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The JSON of a view's rows as values. */
final class ViewValues {
  private static final JsonFactory FACTORY = new JsonFactory();

  private ViewValues() {}

  /**
   * An object; whole numbers of 64 bits stay whole.
   *
   * @throws DefraException INVALID_JSON for anything else
   */
  static Value.Fields read(byte[] json) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      parser.nextToken();
      if (value(parser) instanceof Value.Fields fields && parser.nextToken() == null) {
        return fields;
      }
      throw new DefraException(ErrorCode.INVALID_JSON, "a row of a view is not an object");
    } catch (IOException e) {
      throw new DefraException(ErrorCode.INVALID_JSON, "a row of a view is no JSON", e);
    }
  }

  private static Value value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      return Value.NULL;
    }
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> list(parser);
      case VALUE_STRING -> new Value.Text(parser.getText());
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? new Value.Float64(parser.getDoubleValue())
              : new Value.Int(parser.getLongValue());
      case VALUE_NUMBER_FLOAT -> new Value.Float64(parser.getDoubleValue());
      case VALUE_TRUE -> Value.Bool.TRUE;
      case VALUE_FALSE -> Value.Bool.FALSE;
      default -> Value.NULL;
    };
  }

  private static Value object(JsonParser parser) throws IOException {
    var members = new TreeMap<String, Value>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, value(parser));
    }
    return new Value.Fields(members);
  }

  private static Value list(JsonParser parser) throws IOException {
    var items = new ArrayList<Value>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    return new Value.Items(items);
  }

  /** {@code value} as a field of {@code kind} holds it; as it is when it cannot be one. */
  static Value as(FieldKind kind, Value value) {
    FieldKind element = kind.element();
    if (element != null && value instanceof Value.Items items) {
      return new Value.Items(each(element, items.values()));
    }
    return switch (kind) {
      case FLOAT64 -> isNumber(value) ? new Value.Float64(number(value)) : value;
      case FLOAT32 -> isNumber(value) ? new Value.Float32((float) number(value)) : value;
      case JSON -> json(value);
      default -> value;
    };
  }

  private static List<Value> each(FieldKind kind, List<Value> values) {
    var converted = new ArrayList<Value>(values.size());
    values.forEach(value -> converted.add(as(kind, value)));
    return converted;
  }

  private static Value json(Value value) {
    if (value instanceof Value.Items items) {
      return new Value.Items(each(FieldKind.JSON, items.values()));
    }
    if (value instanceof Value.Fields fields) {
      var members = new TreeMap<String, Value>();
      fields.values().forEach((name, member) -> members.put(name, json(member)));
      return new Value.Fields(members);
    }
    return value instanceof Value.Int ? new Value.Float64(number(value)) : value;
  }

  private static boolean isNumber(Value value) {
    return value instanceof Value.Int || value instanceof Value.Float64;
  }

  private static double number(Value value) {
    return value instanceof Value.Int whole ? whole.value() : ((Value.Float64) value).value();
  }
}

package io.defradb.graphql.sdl;

import io.defradb.document.DateTimes;
import io.defradb.document.Value;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Reads {@code @default}: one argument, the one for the field's type as written. */
final class DefaultReader {
  private static final Map<String, String> ARGUMENTS =
      Map.of(
          "String", "string",
          "Boolean", "bool",
          "Int", "int",
          "Float", "float",
          "Float32", "float32",
          "Float64", "float64",
          "DateTime", "dateTime",
          "JSON", "json",
          "Blob", "blob");

  private DefaultReader() {}

  static Value read(SdlDocument.Field field, SdlDocument.Directive directive) {
    SdlDocument.TypeRef type = field.type();
    String typeName =
        type != null && type.form() == SdlDocument.TypeRef.Form.NAMED ? type.name() : "List";
    String argumentName = ARGUMENTS.get(typeName);
    if (argumentName == null) {
      throw new DefraException(
          ErrorCode.INVALID_SCHEMA,
          "default value is not allowed for this field type",
          "Name",
          field.name(),
          "Type",
          typeName);
    }
    if (directive.arguments().size() != 1) {
      throw new DefraException(
          ErrorCode.INVALID_SCHEMA,
          "default value must specify one argument",
          "Field",
          field.name());
    }
    SdlDocument.Argument argument = directive.arguments().get(0);
    if (!argument.name().equals(argumentName)) {
      throw mismatch(field.name(), argumentName, argument.name());
    }
    if (argument.value().kind() == Literal.Kind.NULL) {
      throw new DefraException(
          ErrorCode.INVALID_SCHEMA,
          "default value is invalid",
          "Field",
          field.name(),
          "Arg",
          argumentName);
    }
    return value(argumentName, argument.value());
  }

  private static DefraException mismatch(String field, String expected, String actual) {
    var context = new LinkedHashMap<String, Object>();
    context.put("Name", field);
    context.put("Expected", expected);
    context.put("Actual", actual);
    return new DefraException(
        ErrorCode.INVALID_SCHEMA, "default value type must match field type", context, null);
  }

  /** {@code literal} has been checked against the argument's type. */
  private static Value value(String argumentName, Literal literal) {
    return switch (argumentName) {
      case "bool" -> Value.Bool.of(literal.isTrue());
      case "int" -> new Value.Int(Long.parseLong(literal.text()));
      case "float", "float64" -> new Value.Float64(Double.parseDouble(literal.text()));
      case "float32" -> new Value.Float32(Float.parseFloat(literal.text()));
      case "dateTime" -> new Value.Text(DateTimes.canonical(literal.text()));
      case "json" -> json(literal);
      default -> new Value.Text(literal.text());
    };
  }

  /** A string stays a string; inside JSON every number is a float. */
  private static Value json(Literal literal) {
    return switch (literal.kind()) {
      case NULL -> Value.NULL;
      case BOOLEAN -> Value.Bool.of(literal.isTrue());
      case INT, FLOAT -> new Value.Float64(Double.parseDouble(literal.text()));
      case STRING, ENUM -> new Value.Text(literal.text());
      case LIST -> new Value.Items(literal.items().stream().map(DefaultReader::json).toList());
      case OBJECT -> {
        var fields = new TreeMap<String, Value>();
        literal.fields().forEach(field -> fields.put(field.name(), json(field.value())));
        yield new Value.Fields(fields);
      }
    };
  }
}

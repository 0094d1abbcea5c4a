package io.defradb.graphql.sdl;

import io.defradb.document.DateTimes;
import io.defradb.error.DefraException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A directive as SDL may use it: where, and with which arguments (query-language 1.2).
 *
 * @param arguments by name
 */
record DirectiveForm(Set<Place> places, Map<String, ArgumentType> arguments) {
  enum Place {
    OBJECT,
    INTERFACE,
    FIELD_DEFINITION,
    QUERY
  }

  /** The types that arguments of directives have. */
  enum ArgumentType {
    STRING("String"),
    STRINGS("String"),
    BOOLEAN("Boolean"),
    INT("Int"),
    FLOAT("Float"),
    FLOAT32("Float32"),
    FLOAT64("Float64"),
    DATE_TIME("DateTime"),
    JSON("JSON"),
    BLOB("Blob"),
    ORDERING("Ordering"),
    CRDT("CRDTType"),
    INDEX_FIELDS("IndexField"),
    EXPLAIN("ExplainType");

    private final String typeName;

    ArgumentType(String typeName) {
      this.typeName = typeName;
    }
  }

  static final Map<String, DirectiveForm> ALL = all();

  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]+");
  private static final Map<String, ArgumentType> INDEX_FIELD =
      Map.of("field", ArgumentType.STRING, "direction", ArgumentType.ORDERING);

  private static Map<String, DirectiveForm> all() {
    Set<Place> object = EnumSet.of(Place.OBJECT);
    Set<Place> field = EnumSet.of(Place.FIELD_DEFINITION);
    Map<String, DirectiveForm> forms = new LinkedHashMap<>();
    forms.put("crdt", new DirectiveForm(field, Map.of("type", ArgumentType.CRDT)));
    forms.put("primary", new DirectiveForm(field, Map.of()));
    forms.put("relation", new DirectiveForm(field, Map.of("name", ArgumentType.STRING)));
    forms.put("constraints", new DirectiveForm(field, Map.of("size", ArgumentType.INT)));
    forms.put(
        "index",
        new DirectiveForm(
            EnumSet.of(Place.OBJECT, Place.FIELD_DEFINITION),
            Map.of(
                "name", ArgumentType.STRING,
                "unique", ArgumentType.BOOLEAN,
                "direction", ArgumentType.ORDERING,
                "includes", ArgumentType.INDEX_FIELDS)));
    forms.put(
        "default",
        new DirectiveForm(
            field,
            Map.of(
                "string", ArgumentType.STRING,
                "bool", ArgumentType.BOOLEAN,
                "int", ArgumentType.INT,
                "float", ArgumentType.FLOAT,
                "float32", ArgumentType.FLOAT32,
                "float64", ArgumentType.FLOAT64,
                "dateTime", ArgumentType.DATE_TIME,
                "json", ArgumentType.JSON,
                "blob", ArgumentType.BLOB)));
    forms.put(
        "embedding",
        new DirectiveForm(
            field,
            Map.of(
                "fields", ArgumentType.STRINGS,
                "provider", ArgumentType.STRING,
                "model", ArgumentType.STRING,
                "url", ArgumentType.STRING,
                "template", ArgumentType.STRING)));
    forms.put(
        "policy",
        new DirectiveForm(
            object, Map.of("id", ArgumentType.STRING, "resource", ArgumentType.STRING)));
    forms.put("materialized", new DirectiveForm(object, Map.of("if", ArgumentType.BOOLEAN)));
    forms.put("branchable", new DirectiveForm(object, Map.of("if", ArgumentType.BOOLEAN)));
    forms.put(
        "explain",
        new DirectiveForm(EnumSet.of(Place.QUERY), Map.of("type", ArgumentType.EXPLAIN)));
    return Map.copyOf(forms);
  }

  /** What is wrong with {@code value} for {@code type}; {@code null}: nothing. */
  static @Nullable String fault(ArgumentType type, Literal value) {
    if (value.kind() == Literal.Kind.NULL) {
      return null;
    }
    return switch (type) {
      case STRINGS, INDEX_FIELDS -> listFault(type, value);
      default -> isLiteral(type, value) ? null : expected(type, value);
    };
  }

  private static @Nullable String listFault(ArgumentType type, Literal value) {
    if (value.kind() != Literal.Kind.LIST) {
      return elementFault(type, value);
    }
    // The reference counts the faults of one element, not the elements.
    String faults =
        value.items().stream()
            .map(item -> elementFault(type, item))
            .filter(Objects::nonNull)
            .map("In element #1: "::concat)
            .collect(Collectors.joining("\n"));
    return faults.isEmpty() ? null : faults;
  }

  private static @Nullable String elementFault(ArgumentType type, Literal value) {
    if (value.kind() == Literal.Kind.NULL) {
      return null;
    }
    if (type == ArgumentType.STRINGS) {
      return fault(ArgumentType.STRING, value);
    }
    if (value.kind() != Literal.Kind.OBJECT) {
      return "Expected \"IndexField\", found not an object.";
    }
    for (Literal.Field field : value.fields()) {
      ArgumentType fieldType = INDEX_FIELD.get(field.name());
      String fault = fieldType == null ? "Unknown field." : fault(fieldType, field.value());
      if (fault != null) {
        return "In field \"" + field.name() + "\": " + fault;
      }
    }
    return null;
  }

  private static String expected(ArgumentType type, Literal value) {
    return "Expected type \"" + type.typeName + "\", found " + value.print() + ".";
  }

  private static boolean isLiteral(ArgumentType type, Literal value) {
    Literal.Kind kind = value.kind();
    return switch (type) {
      case STRING -> kind == Literal.Kind.STRING;
      case BOOLEAN -> kind == Literal.Kind.BOOLEAN;
      case INT -> kind == Literal.Kind.INT && isInt32(value.text());
      case FLOAT, FLOAT64 -> isNumber(value) && Double.isFinite(Double.parseDouble(value.text()));
      case FLOAT32 -> isNumber(value) && Float.isFinite(Float.parseFloat(value.text()));
      case DATE_TIME -> kind == Literal.Kind.STRING && isDateTime(value.text());
      case JSON ->
          switch (kind) {
            case INT -> isInt32(value.text());
            case FLOAT -> Double.isFinite(Double.parseDouble(value.text()));
            default -> true;
          };
      case BLOB -> kind == Literal.Kind.STRING && HEX.matcher(value.text()).matches();
      case ORDERING -> kind == Literal.Kind.ENUM && Set.of("ASC", "DESC").contains(value.text());
      case CRDT ->
          kind == Literal.Kind.ENUM
              && Set.of("lww", "pncounter", "pcounter").contains(value.text());
      case EXPLAIN ->
          kind == Literal.Kind.ENUM && Set.of("simple", "execute", "debug").contains(value.text());
      case STRINGS, INDEX_FIELDS -> false;
    };
  }

  private static boolean isNumber(Literal value) {
    return value.kind() == Literal.Kind.INT || value.kind() == Literal.Kind.FLOAT;
  }

  private static boolean isInt32(String digits) {
    try {
      Integer.parseInt(digits);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isDateTime(String text) {
    try {
      DateTimes.canonical(text);
      return true;
    } catch (DefraException e) {
      return false;
    }
  }
}

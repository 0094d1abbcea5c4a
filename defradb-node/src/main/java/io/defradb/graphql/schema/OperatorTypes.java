package io.defradb.graphql.schema;

import static io.defradb.graphql.schema.Shapes.input;
import static io.defradb.graphql.schema.Shapes.list;
import static io.defradb.graphql.schema.Shapes.listOfRequired;
import static io.defradb.graphql.schema.Shapes.named;

import io.defradb.graphql.syntax.TypeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The operators that filters offer for each kind of value (query language specification, 3.1). */
final class OperatorTypes {
  static final String NOT_NULL = "NotNull";

  private static final List<String> EQUAL = List.of("_eq", "_ne");
  private static final List<String> COMPARE = List.of("_gt", "_ge", "_lt", "_le");
  private static final List<String> LIKE = List.of("_like", "_nlike", "_ilike", "_nilike");
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("_eq", "The value is equal."),
          Map.entry("_ne", "The value is not equal."),
          Map.entry("_gt", "The value is greater."),
          Map.entry("_ge", "The value is greater or equal."),
          Map.entry("_lt", "The value is less."),
          Map.entry("_le", "The value is less or equal."),
          Map.entry("_in", "The value is in the list."),
          Map.entry("_nin", "The value is not in the list."),
          Map.entry("_like", "The text matches; '%' stands for any text."),
          Map.entry("_nlike", "The text does not match; '%' stands for any text."),
          Map.entry("_ilike", "The text matches whatever its case; '%' stands for any text."),
          Map.entry("_nilike", "The text does not match in any case; '%' stands for any text."),
          Map.entry("_any", "At least one element matches."),
          Map.entry("_all", "Every element matches."),
          Map.entry("_none", "No element matches."));

  private OperatorTypes() {}

  /** The types that are there without any collection. */
  static List<TypeDef> base() {
    var types = new ArrayList<TypeDef>();
    types.add(block("ID", "IDOperatorBlock", true, false, false));
    types.add(block("DateTime", "DateTimeOperatorBlock", false, true, false));
    types.add(block("Blob", "BlobOperatorBlock", false, false, true));
    types.add(block("Blob", NOT_NULL + "BlobOperatorBlock", true, false, true));
    for (String kind : List.of("Boolean", "Int", "Float64", "Float32", "String")) {
      boolean isNumber = !kind.equals("Boolean") && !kind.equals("String");
      boolean isText = kind.equals("String");
      types.add(block(kind, kind + "OperatorBlock", false, isNumber, isText));
      types.add(block(kind, NOT_NULL + kind + "OperatorBlock", true, isNumber, isText));
      types.add(quantifiers(kind, ""));
      types.add(quantifiers(kind, NOT_NULL));
    }
    return types;
  }

  /** The types of filters on array elements, there as soon as there is a collection. */
  static List<TypeDef> elementFilters() {
    var types = new ArrayList<TypeDef>();
    for (String kind : List.of("Boolean", "Int", "Float64", "Float32", "String")) {
      boolean isNumber = !kind.equals("Boolean") && !kind.equals("String");
      types.add(elementFilter(kind, "", isNumber, kind.equals("String")));
      types.add(elementFilter(kind, NOT_NULL, isNumber, kind.equals("String")));
    }
    return types;
  }

  private static TypeDef block(
      String kind, String name, boolean isListNotNull, boolean isOrdered, boolean isText) {
    var fields = operators(kind, isListNotNull, isOrdered, isText, true);
    return new TypeDef.InputType(name, "Conditions on a value of type " + kind + ".", fields);
  }

  private static TypeDef quantifiers(String kind, String prefix) {
    TypeRef block = named(prefix + kind + "OperatorBlock");
    var fields = new TreeMap<String, TypeDef.Input>();
    for (String quantifier : List.of("_any", "_all", "_none")) {
      fields.put(quantifier, input(quantifier, WORDS.getOrDefault(quantifier, ""), block));
    }
    return new TypeDef.InputType(
        prefix + kind + "ListOperatorBlock",
        "Conditions on the elements of a list of type " + kind + ".",
        fields);
  }

  private static TypeDef elementFilter(
      String kind, String prefix, boolean isOrdered, boolean isText) {
    String name = prefix + kind + "FilterArg";
    var fields = operators(kind, !prefix.isEmpty(), isOrdered, isText, false);
    fields.put("_and", input("_and", "", listOfRequired(name)));
    fields.put("_or", input("_or", "", listOfRequired(name)));
    return new TypeDef.InputType(name, "", fields);
  }

  private static Map<String, TypeDef.Input> operators(
      String kind, boolean isListNotNull, boolean isOrdered, boolean isText, boolean isDescribed) {
    var fields = new TreeMap<String, TypeDef.Input>();
    EQUAL.forEach(it -> put(fields, it, named(kind), isDescribed));
    if (isOrdered) {
      COMPARE.forEach(it -> put(fields, it, named(kind), isDescribed));
    }
    if (isText) {
      LIKE.forEach(it -> put(fields, it, named("String"), isDescribed));
    }
    TypeRef set = isListNotNull ? listOfRequired(kind) : list(kind);
    put(fields, "_in", set, isDescribed);
    put(fields, "_nin", set, isDescribed);
    return fields;
  }

  private static void put(
      Map<String, TypeDef.Input> fields, String operator, TypeRef type, boolean isDescribed) {
    String words = isDescribed ? WORDS.getOrDefault(operator, "") : "";
    fields.put(operator, input(operator, words, type));
  }
}

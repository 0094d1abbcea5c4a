package io.defradb.graphql.schema;

import io.defradb.graphql.syntax.TypeRef;
import java.util.Map;
import java.util.TreeMap;

/** Short ways to say what a type is made of. */
final class Shapes {
  private Shapes() {}

  static TypeRef named(String name) {
    return TypeRef.named(name);
  }

  static TypeRef list(String name) {
    return TypeRef.listOf(TypeRef.named(name));
  }

  /** {@code [name!]}. */
  static TypeRef listOfRequired(String name) {
    return TypeRef.listOf(TypeRef.named(name).required());
  }

  static TypeDef.Input input(String name, String description, TypeRef type) {
    return new TypeDef.Input(name, description, type, null);
  }

  static TypeDef.Field field(
      String name, String description, TypeRef type, TypeDef.Input... arguments) {
    return new TypeDef.Field(name, description, inputs(arguments), type, false, null);
  }

  static TypeDef.Field hidden(String name, TypeDef.Field spelled) {
    return new TypeDef.Field(
        name, spelled.description(), spelled.arguments(), spelled.type(), true, null);
  }

  static Map<String, TypeDef.Input> inputs(TypeDef.Input... inputs) {
    var byName = new TreeMap<String, TypeDef.Input>();
    for (TypeDef.Input input : inputs) {
      byName.put(input.name(), input);
    }
    return byName;
  }

  static TypeDef.ObjectType object(String name, String description, TypeDef.Field... fields) {
    var byName = new TreeMap<String, TypeDef.Field>();
    for (TypeDef.Field field : fields) {
      byName.put(field.name(), field);
    }
    return new TypeDef.ObjectType(name, description, byName);
  }

  static TypeDef.InputType inputObject(String name, String description, TypeDef.Input... fields) {
    return new TypeDef.InputType(name, description, inputs(fields));
  }

  /** Pairs of a value and its description. */
  static TypeDef.EnumType enumOf(String name, String description, String... valuesAndWords) {
    var values = new TreeMap<String, String>();
    for (int i = 0; i < valuesAndWords.length; i += 2) {
      values.put(valuesAndWords[i], valuesAndWords[i + 1]);
    }
    return new TypeDef.EnumType(name, description, values);
  }
}

package io.defradb.graphql.schema;

import static io.defradb.graphql.schema.Shapes.enumOf;
import static io.defradb.graphql.schema.Shapes.field;
import static io.defradb.graphql.schema.Shapes.listOfRequired;
import static io.defradb.graphql.schema.Shapes.named;
import static io.defradb.graphql.schema.Shapes.object;

import io.defradb.graphql.syntax.TypeRef;
import java.util.List;
import java.util.Map;

/** The types of introspection itself, in the form of the reference (GraphQL 2016). */
final class MetaTypes {
  static final TypeDef.Field SCHEMA = field("__schema", "", named("__Schema").required());
  static final TypeDef.Field TYPE =
      field("__type", "", named("__Type"), Shapes.input("name", "", named("String").required()));
  static final TypeDef.Field TYPE_NAME = field("__typename", "", named("String").required());

  private static final String USE_LOCATIONS = "Use `locations`.";
  private static final List<String> PLACES =
      List.of(
          "QUERY",
          "MUTATION",
          "SUBSCRIPTION",
          "FIELD",
          "FRAGMENT_DEFINITION",
          "FRAGMENT_SPREAD",
          "INLINE_FRAGMENT",
          "SCHEMA",
          "SCALAR",
          "OBJECT",
          "FIELD_DEFINITION",
          "ARGUMENT_DEFINITION",
          "INTERFACE",
          "UNION",
          "ENUM",
          "ENUM_VALUE",
          "INPUT_OBJECT",
          "INPUT_FIELD_DEFINITION");

  private MetaTypes() {}

  static List<TypeDef> types() {
    return List.of(
        schema(),
        type(),
        fieldType(),
        inputValue(),
        enumValue(),
        directive(),
        typeKind(),
        places());
  }

  private static TypeDef schema() {
    return object(
        "__Schema",
        "What can be asked of this node.",
        field("directives", "The directives.", requiredList("__Directive")),
        field("mutationType", "Where mutations start.", named("__Type")),
        field("queryType", "Where queries start.", named("__Type").required()),
        field("subscriptionType", "Where subscriptions start.", named("__Type")),
        field("types", "All types.", requiredList("__Type")));
  }

  private static TypeDef type() {
    TypeDef.Input withDeprecated =
        new TypeDef.Input("includeDeprecated", "", named("Boolean"), "false");
    return object(
        "__Type",
        "A type: its kind says which of its fields are set.",
        field("description", "", named("String")),
        field("enumValues", "", listOfRequired("__EnumValue"), withDeprecated),
        field("fields", "", listOfRequired("__Field"), withDeprecated),
        field("inputFields", "", listOfRequired("__InputValue")),
        field("interfaces", "", listOfRequired("__Type")),
        field("kind", "", named("__TypeKind").required()),
        field("name", "", named("String")),
        field("ofType", "", named("__Type")),
        field("possibleTypes", "", listOfRequired("__Type")));
  }

  private static TypeDef fieldType() {
    return object(
        "__Field",
        "A field of an object.",
        field("args", "", requiredList("__InputValue")),
        field("deprecationReason", "", named("String")),
        field("description", "", named("String")),
        field("isDeprecated", "", named("Boolean").required()),
        field("name", "", named("String").required()),
        field("type", "", named("__Type").required()));
  }

  private static TypeDef inputValue() {
    return object(
        "__InputValue",
        "An argument, or a member of an input object.",
        field("defaultValue", "Its default, as GraphQL writes it.", named("String")),
        field("description", "", named("String")),
        field("name", "", named("String").required()),
        field("type", "", named("__Type").required()));
  }

  private static TypeDef enumValue() {
    return object(
        "__EnumValue",
        "A value of an enum.",
        field("deprecationReason", "", named("String")),
        field("description", "", named("String")),
        field("isDeprecated", "", named("Boolean").required()),
        field("name", "", named("String").required()));
  }

  private static TypeDef directive() {
    return object(
        "__Directive",
        "A directive.",
        field("args", "", requiredList("__InputValue")),
        field("description", "", named("String")),
        field("locations", "", requiredList("__DirectiveLocation")),
        field("name", "", named("String").required()),
        outdated("onField"),
        outdated("onFragment"),
        outdated("onOperation"));
  }

  private static TypeDef.Field outdated(String name) {
    return new TypeDef.Field(name, "", Map.of(), named("Boolean").required(), false, USE_LOCATIONS);
  }

  private static TypeDef typeKind() {
    return enumOf(
        "__TypeKind",
        "The kinds of types.",
        "SCALAR",
        "A single value.",
        "OBJECT",
        "An object with `fields`.",
        "INTERFACE",
        "An interface with `fields`.",
        "UNION",
        "One of `possibleTypes`.",
        "ENUM",
        "One of `enumValues`.",
        "INPUT_OBJECT",
        "An input object with `inputFields`.",
        "LIST",
        "A list of `ofType`.",
        "NON_NULL",
        "An `ofType` that is never null.");
  }

  private static TypeDef places() {
    String[] pairs = new String[PLACES.size() * 2];
    for (int i = 0; i < PLACES.size(); i++) {
      pairs[2 * i] = PLACES.get(i);
      pairs[2 * i + 1] = "At this place: " + PLACES.get(i) + ".";
    }
    return enumOf("__DirectiveLocation", "Where a directive may stand.", pairs);
  }

  private static TypeRef requiredList(String name) {
    return listOfRequired(name).required();
  }
}

package io.defradb.graphql.schema;

import io.defradb.graphql.syntax.TypeRef;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A named type. Its members are sorted by name; an empty description says nothing. */
public sealed interface TypeDef {
  String name();

  String description();

  /** As introspection names it: {@code OBJECT}, … */
  String kind();

  record ObjectType(String name, String description, Map<String, Field> fields) implements TypeDef {
    @Override
    public String kind() {
      return "OBJECT";
    }
  }

  record InputType(String name, String description, Map<String, Input> fields) implements TypeDef {
    @Override
    public String kind() {
      return "INPUT_OBJECT";
    }
  }

  /** {@code values}: with their descriptions. */
  record EnumType(String name, String description, Map<String, String> values) implements TypeDef {
    @Override
    public String kind() {
      return "ENUM";
    }
  }

  record ScalarType(String name, String description) implements TypeDef {
    @Override
    public String kind() {
      return "SCALAR";
    }
  }

  /**
   * A field of an object.
   *
   * @param isHidden another spelling of a field: asked for like any, not shown by introspection
   * @param deprecation why it should not be used; {@code null}: it may be
   */
  record Field(
      String name,
      String description,
      Map<String, Input> arguments,
      TypeRef type,
      boolean isHidden,
      @Nullable String deprecation) {}

  /** An argument, or a member of an input object. {@code defaultValue}: as GraphQL prints it. */
  record Input(String name, String description, TypeRef type, @Nullable String defaultValue) {}

  /** {@code places}: where it may stand, as GraphQL names them. */
  record Directive(
      String name, String description, List<String> places, Map<String, Input> arguments) {}
}

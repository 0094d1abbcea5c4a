package io.defradb.graphql.introspection;

import io.defradb.graphql.schema.TypeDef;
import io.defradb.graphql.schema.TypeSystem;
import io.defradb.graphql.syntax.Document;
import io.defradb.graphql.syntax.TypeRef;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of the objects that introspection shows. An object is the {@link TypeSystem} itself, a
 * {@link TypeDef} or one of its parts, or a {@link TypeRef} for a list or a required type; a value
 * is one of those, a list of them, a text, a boolean or null.
 */
final class MetaFields {
  /** A value of an enum and its description. */
  record EnumValue(String name, String description) {}

  private final TypeSystem types;

  MetaFields(TypeSystem types) {
    this.types = types;
  }

  /** The name of the meta type that {@code object} is of. */
  static String typeName(Object object) {
    if (object instanceof TypeSystem) {
      return "__Schema";
    }
    if (object instanceof TypeDef || object instanceof TypeRef) {
      return "__Type";
    }
    if (object instanceof TypeDef.Field) {
      return "__Field";
    }
    if (object instanceof TypeDef.Input) {
      return "__InputValue";
    }
    return object instanceof EnumValue ? "__EnumValue" : "__Directive";
  }

  /** {@code isDeprecatedShown}: the argument {@code includeDeprecated} of a type's members. */
  @Nullable Object value(Object object, String field, boolean isDeprecatedShown) {
    if (object instanceof TypeSystem) {
      return ofSchema(field);
    }
    if (object instanceof TypeDef type) {
      return ofType(type, field, isDeprecatedShown);
    }
    if (object instanceof TypeRef wrapper) {
      return ofWrapper(wrapper, field);
    }
    if (object instanceof TypeDef.Field own) {
      return ofField(own, field);
    }
    if (object instanceof TypeDef.Input input) {
      return ofInput(input, field);
    }
    if (object instanceof EnumValue choice) {
      return ofEnumValue(choice, field);
    }
    return ofDirective((TypeDef.Directive) object, field);
  }

  private @Nullable Object ofSchema(String field) {
    return switch (field) {
      case "types" -> List.copyOf(types.types());
      case "directives" -> List.copyOf(types.directives());
      case "queryType" -> types.root(Document.Operation.Kind.QUERY);
      case "mutationType" -> types.root(Document.Operation.Kind.MUTATION);
      case "subscriptionType" -> types.root(Document.Operation.Kind.SUBSCRIPTION);
      default -> null;
    };
  }

  private static @Nullable Object ofType(TypeDef type, String field, boolean isDeprecatedShown) {
    return switch (field) {
      case "kind" -> type.kind();
      case "name" -> type.name();
      case "description" -> type.description();
      case "fields" ->
          type instanceof TypeDef.ObjectType object
              ? shown(object.fields().values(), isDeprecatedShown)
              : null;
      case "interfaces" -> type instanceof TypeDef.ObjectType ? List.of() : null;
      case "inputFields" ->
          type instanceof TypeDef.InputType input ? List.copyOf(input.fields().values()) : null;
      case "enumValues" -> type instanceof TypeDef.EnumType choice ? values(choice.values()) : null;
      default -> null;
    };
  }

  private static List<TypeDef.Field> shown(
      Collection<TypeDef.Field> fields, boolean isDeprecatedShown) {
    return fields.stream()
        .filter(it -> !it.isHidden() && (isDeprecatedShown || it.deprecation() == null))
        .toList();
  }

  private static List<EnumValue> values(Map<String, String> values) {
    return values.entrySet().stream().map(it -> new EnumValue(it.getKey(), it.getValue())).toList();
  }

  private @Nullable Object ofWrapper(TypeRef wrapper, String field) {
    return switch (field) {
      case "kind" -> wrapper instanceof TypeRef.ListOf ? "LIST" : "NON_NULL";
      case "ofType" ->
          wrapper instanceof TypeRef.ListOf list
              ? type(list.element())
              : type(((TypeRef.NonNull) wrapper).inner());
      default -> null;
    };
  }

  private @Nullable Object type(TypeRef type) {
    return type instanceof TypeRef.Named named ? types.type(named.name()) : type;
  }

  private @Nullable Object ofField(TypeDef.Field own, String field) {
    return switch (field) {
      case "name" -> own.name();
      case "description" -> own.description();
      case "args" -> List.copyOf(own.arguments().values());
      case "type" -> type(own.type());
      case "isDeprecated" -> own.deprecation() != null;
      case "deprecationReason" -> own.deprecation();
      default -> null;
    };
  }

  private @Nullable Object ofInput(TypeDef.Input input, String field) {
    return switch (field) {
      case "name" -> input.name();
      case "description" -> input.description();
      case "type" -> type(input.type());
      case "defaultValue" -> input.defaultValue();
      default -> null;
    };
  }

  private static @Nullable Object ofEnumValue(EnumValue value, String field) {
    return switch (field) {
      case "name" -> value.name();
      case "description" -> value.description();
      case "isDeprecated" -> false;
      default -> null;
    };
  }

  private static @Nullable Object ofDirective(TypeDef.Directive directive, String field) {
    return switch (field) {
      case "name" -> directive.name();
      case "description" -> directive.description();
      case "locations" -> directive.places();
      case "args" -> List.copyOf(directive.arguments().values());
      case "onField" -> directive.places().contains("FIELD");
      case "onFragment" -> directive.places().contains("FRAGMENT_SPREAD");
      case "onOperation" -> directive.places().contains("QUERY");
      default -> null;
    };
  }
}

package io.defradb.graphql.introspection;

import io.defradb.document.JsonWriter;
import io.defradb.document.Value;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.graphql.parse.Given;
import io.defradb.graphql.schema.TypeSystem;
import io.defradb.graphql.syntax.Document;
import io.defradb.graphql.syntax.Literal;
import io.defradb.graphql.syntax.Node;
import io.defradb.graphql.syntax.Selections;
import io.defradb.multiformats.Bytes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Prints the answer to an introspection. One object for one request.
 *
 * <p>A type names its fields and a field its type, so a short request can ask for far more than
 * there is: the answer is bounded.
 */
public final class Introspection {
  private static final int ANSWER_BYTES_MAX = 32 << 20;
  private static final int DEPTH_MAX = 100;

  private final TypeSystem types;
  private final MetaFields fields;
  private final Selections selections;
  private final Map<String, Given> variables;
  private final JsonWriter out = new JsonWriter();

  private Introspection(TypeSystem types, Selections selections, Map<String, Given> variables) {
    this.types = types;
    this.fields = new MetaFields(types);
    this.selections = selections;
    this.variables = variables;
  }

  /** True when the operation asks for types; such a request is answered from them alone. */
  public static boolean isAsked(Document document, Document.Operation operation, int fieldsMax) {
    return operation.kind() == Document.Operation.Kind.QUERY
        && new Selections(document, fieldsMax)
            .spread(operation.children()).stream()
                .anyMatch(it -> it.name().equals("__schema") || it.name().equals("__type"));
  }

  /**
   * The JSON object that stands at {@code data}, keys in order; all fields but introspection's are
   * null.
   *
   * @throws DefraException TOO_LARGE when the answer, or what is asked, is above the bounds
   */
  public static Bytes answer(
      TypeSystem types,
      Document document,
      Document.Operation operation,
      Map<String, Given> variables,
      int fieldsMax) {
    var introspection = new Introspection(types, new Selections(document, fieldsMax), variables);
    introspection.root(operation);
    return Bytes.wrap(introspection.out.toBytes());
  }

  private void root(Document.Operation operation) {
    out.beginObject();
    for (Node.Field field : sorted(operation.children())) {
      out.name(field.responseName());
      switch (field.name()) {
        case "__schema" -> value(types, field, 0);
        case "__type" -> value(types.type(name(field)), field, 0);
        case "__typename" -> out.string(types.root(operation.kind()).name());
        default -> out.nullValue();
      }
    }
    out.endObject();
  }

  private String name(Node.Field field) {
    Literal literal = field.argument("name");
    if (literal instanceof Literal.Variable variable) {
      return variables.getOrDefault(variable.name(), Given.One.NULL).text();
    }
    return literal instanceof Literal.Text text ? text.value() : "";
  }

  private Iterable<Node.Field> sorted(List<Node> nodes) {
    return new TreeMap<>(selections.merge(nodes)).values();
  }

  private void value(@Nullable Object value, Node.Field field, int depth) {
    if (value == null) {
      out.nullValue();
    } else if (value instanceof String text) {
      out.string(text);
    } else if (value instanceof Boolean flag) {
      out.bool(flag);
    } else if (value instanceof List<?> items) {
      out.beginArray();
      for (Object item : items) {
        value(item, field, depth);
      }
      out.endArray();
    } else {
      object(value, field.children() == null ? List.of() : field.children(), depth + 1);
    }
  }

  private void object(Object object, List<Node> nodes, int depth) {
    if (depth > DEPTH_MAX || out.length() > ANSWER_BYTES_MAX) {
      throw new DefraException(ErrorCode.TOO_LARGE, "the answer to an introspection is too large");
    }
    out.beginObject();
    for (Node.Field field : sorted(nodes)) {
      out.name(field.responseName());
      if (field.name().equals("__typename")) {
        out.string(MetaFields.typeName(object));
      } else {
        value(fields.value(object, field.name(), isDeprecatedShown(field)), field, depth);
      }
    }
    out.endObject();
  }

  private boolean isDeprecatedShown(Node.Field field) {
    Literal literal = field.argument("includeDeprecated");
    if (literal instanceof Literal.Variable variable) {
      return variables.getOrDefault(variable.name(), Given.One.NULL) instanceof Given.One one
          && one.value().equals(Value.Bool.TRUE);
    }
    return literal instanceof Literal.Bool flag && flag.value();
  }
}

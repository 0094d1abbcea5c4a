package io.defradb.graphql.parse;

import io.defradb.graphql.schema.TypeDef;
import io.defradb.graphql.schema.TypeSystem;
import io.defradb.graphql.syntax.Document;
import io.defradb.graphql.syntax.Literal;
import io.defradb.graphql.syntax.Node;
import io.defradb.graphql.syntax.Selections;
import io.defradb.graphql.syntax.TypeRef;
import io.defradb.request.CommitSelect;
import io.defradb.request.Filter;
import io.defradb.request.Request;
import io.defradb.request.RootField;
import io.defradb.request.TopAggregate;
import io.defradb.request.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a request out of a validated operation: the door of this room. */
public final class RequestParser {
  private final TypeDef.ObjectType root;
  private final SelectionParser selections;

  private RequestParser(TypeDef.ObjectType root, SelectionParser selections) {
    this.root = root;
    this.selections = selections;
  }

  /**
   * Throws INVALID_REQUEST, with the reference's text, for what no type tells; TOO_LARGE when
   * fragments spread to more than {@code fieldsMax} fields.
   */
  public static Request parse(
      TypeSystem types,
      Document document,
      Document.Operation operation,
      Map<String, Given> variables,
      int fieldsMax) {
    var selections = new Selections(document, fieldsMax);
    TypeDef.ObjectType root = types.root(operation.kind());
    var parser =
        new RequestParser(
            root, new SelectionParser(types, selections, new Literals(types, variables)));
    var fields = new ArrayList<RootField>();
    for (Node.Field field : selections.merge(operation.children()).values()) {
      fields.add(parser.rootField(operation.kind(), field));
    }
    return switch (operation.kind()) {
      case QUERY -> new Request(Request.Operation.QUERY, fields, explain(operation));
      case MUTATION -> new Request(Request.Operation.MUTATION, fields, explain(operation));
      // Only the first field of a subscription is served.
      case SUBSCRIPTION -> new Request(Request.Operation.SUBSCRIPTION, fields.subList(0, 1), null);
    };
  }

  /** What is asked of groups though it is no key of them: a text for each. */
  public static List<String> groupFaults(Request request) {
    return GroupKeys.faults(request);
  }

  /** A validated literal without variables. */
  public static Given coerce(TypeSystem types, TypeRef type, Literal literal) {
    return new Literals(types, Map.of()).coerce(type, literal);
  }

  /** A filter that stands alone. */
  public static Filter filter(TypeSystem types, String collection, Given given) {
    Filter filter = new FilterParser(types).parse(collection, given);
    return filter == null ? new Filter.And(List.of()) : filter;
  }

  private RootField rootField(Document.Operation.Kind kind, Node.Field field) {
    String name = field.name();
    if (name.equals("__typename")) {
      return new TypeName(field.responseName(), root.name());
    }
    Arguments arguments = selections.arguments(root, field);
    if (kind == Document.Operation.Kind.MUTATION) {
      return new MutationParser(selections).parse(field, arguments);
    }
    if (AggregateParser.FUNCTIONS.contains(name)) {
      return new TopAggregate(
          selections.aggregates().parse(field.responseName(), name, null, arguments));
    }
    return switch (name) {
      case "_" -> throw RequestFault.of("key not found");
      case "commits", "_commits" ->
          selections.commits(field, CommitSelect.Kind.COMMITS, null, arguments);
      case "latestCommits", "_latestCommits" ->
          selections.commits(field, CommitSelect.Kind.LATEST_COMMITS, null, arguments);
      default -> selections.select(field, name, arguments);
    };
  }

  private static Request.@Nullable Explain explain(Document.Operation operation) {
    for (Node.Directive directive : operation.directives()) {
      if (directive.name().equals("explain")) {
        return explain(directive.arguments());
      }
    }
    return null;
  }

  private static Request.Explain explain(List<Node.Argument> arguments) {
    if (arguments.isEmpty()) {
      return Request.Explain.SIMPLE;
    }
    String type = arguments.get(0).value() instanceof Literal.Word word ? word.name() : "";
    return switch (type) {
      case "simple" -> Request.Explain.SIMPLE;
      case "execute" -> Request.Explain.EXECUTE;
      case "debug" -> Request.Explain.DEBUG;
      default -> throw RequestFault.of("invalid / unknown explain type");
    };
  }
}

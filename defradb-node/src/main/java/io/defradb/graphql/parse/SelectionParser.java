package io.defradb.graphql.parse;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.graphql.schema.Member;
import io.defradb.graphql.schema.TypeDef;
import io.defradb.graphql.schema.TypeSystem;
import io.defradb.graphql.syntax.Node;
import io.defradb.graphql.syntax.Selections;
import io.defradb.request.Aggregate;
import io.defradb.request.CommitSelect;
import io.defradb.request.Page;
import io.defradb.request.Select;
import io.defradb.request.Selection;
import io.defradb.request.TypeName;
import io.defradb.schema.CollectionVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what is asked of documents and commits. One object for one operation. */
final class SelectionParser {
  private static final int DEPTH_MAX = 200;

  private final TypeSystem types;
  private final Selections selections;
  private final Literals literals;
  private final FilterParser filters;
  private final AggregateParser aggregates;
  private int depth;

  SelectionParser(TypeSystem types, Selections selections, Literals literals) {
    this.types = types;
    this.selections = selections;
    this.literals = literals;
    this.filters = new FilterParser(types);
    this.aggregates = new AggregateParser(types, filters);
  }

  FilterParser filters() {
    return filters;
  }

  AggregateParser aggregates() {
    return aggregates;
  }

  Arguments arguments(TypeDef.ObjectType parent, Node.Field field) {
    TypeDef.Field type = types.field(parent, field.name());
    return type == null ? new Arguments(Map.of()) : Arguments.of(field, type, literals);
  }

  /** A list of documents, or a single related one. */
  Select select(Node.Field field, String collection, Arguments arguments) {
    return new Select(
        field.responseName(),
        field.name(),
        collection,
        arguments.texts("docID"),
        arguments.text("cid"),
        filters.parse(collection, arguments.get("filter")),
        OrderParser.parse(arguments.get("order")),
        arguments.texts("groupBy"),
        arguments.page(),
        arguments.isTrue("showDeleted"),
        documents(field, collection));
  }

  /** What is asked of each document. */
  List<Selection> documents(Node.Field field, String collection) {
    TypeDef type = types.type(collection);
    if (!(type instanceof TypeDef.ObjectType parent) || field.children() == null) {
      return List.of();
    }
    deeper();
    var asked = new ArrayList<Selection>();
    for (Node.Field child : selections.merge(field.children()).values()) {
      asked.add(ofDocument(parent, collection, child));
    }
    depth--;
    return asked;
  }

  private Selection ofDocument(TypeDef.ObjectType parent, String collection, Node.Field field) {
    String name = field.name();
    if (name.equals("__typename")) {
      return new TypeName(field.responseName(), collection);
    }
    Member member = types.members(collection).get(name);
    CollectionVersion related = member == null ? null : member.related();
    // A view can declare a field of that name; it is the aggregate all the same.
    boolean isAggregate = AggregateParser.FUNCTIONS.contains(name);
    if (member != null && related == null && !isAggregate) {
      return new Selection.Field(field.responseName(), name);
    }
    if (name.equals("_version")) {
      return commits(field, CommitSelect.Kind.VERSION, null, new Arguments(Map.of()));
    }
    Arguments arguments = arguments(parent, field);
    if (isAggregate) {
      return aggregates.parse(field.responseName(), name, collection, arguments);
    }
    if (name.equals("_similarity")) {
      return aggregates.similarity(field.responseName(), arguments);
    }
    if (related != null || name.equals(Select.GROUP)) {
      return select(field, related == null ? collection : related.name(), arguments);
    }
    return new Selection.Field(field.responseName(), name);
  }

  /** {@code fieldName}: which part, of kind PART only. */
  CommitSelect commits(
      Node.Field field, CommitSelect.Kind kind, @Nullable String fieldName, Arguments arguments) {
    return new CommitSelect(
        field.responseName(),
        kind,
        arguments.text("docID"),
        arguments.text("cid"),
        fieldName == null ? arguments.text("fieldName") : fieldName,
        arguments.isNullGiven("fieldName"),
        arguments.number("depth"),
        OrderParser.parse(arguments.get("order")),
        arguments.texts("groupBy"),
        arguments.page(),
        ofCommits(field, typeName(kind, fieldName)));
  }

  private static String typeName(CommitSelect.Kind kind, @Nullable String part) {
    if (kind != CommitSelect.Kind.PART) {
      return "Commit";
    }
    return "signature".equals(part) ? "Signature" : "CommitLink";
  }

  private List<Selection> ofCommits(Node.Field field, String typeName) {
    deeper();
    var asked = new ArrayList<Selection>();
    List<Node> children = field.children() == null ? List.of() : field.children();
    for (Node.Field child : selections.merge(children).values()) {
      asked.add(ofCommit(child, typeName));
    }
    depth--;
    return asked;
  }

  private Selection ofCommit(Node.Field field, String typeName) {
    String name = field.name();
    var none = new Arguments(Map.of());
    return switch (name) {
      case "__typename" -> new TypeName(field.responseName(), typeName);
      case "links", "signature" -> commits(field, CommitSelect.Kind.PART, name, none);
      case "_group" -> commits(field, CommitSelect.Kind.GROUP, null, none);
      case "_count" -> countOfCommit(field, typeName);
      default -> new Selection.Field(field.responseName(), name);
    };
  }

  private Aggregate countOfCommit(Node.Field field, String typeName) {
    TypeDef type = types.type(typeName);
    String counted =
        type instanceof TypeDef.ObjectType parent ? arguments(parent, field).text("field") : null;
    if (counted == null) {
      throw AggregateParser.nothingNamed();
    }
    return new Aggregate(
        field.responseName(),
        field.name(),
        List.of(new Aggregate.Target(counted, null, null, null, null, Page.WHOLE)));
  }

  /** Fragments can nest deeper than the text: they are bounded here. */
  private void deeper() {
    if (++depth > DEPTH_MAX) {
      throw new DefraException(
          ErrorCode.TOO_LARGE, "request is too large", "Limit", "depth", "Max", DEPTH_MAX);
    }
  }
}

package io.defradb.graphql.parse;

import io.defradb.document.FieldKind;
import io.defradb.graphql.schema.Member;
import io.defradb.graphql.schema.TypeSystem;
import io.defradb.request.Filter;
import io.defradb.schema.CollectionVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the filters of documents (query language specification, 3.1). */
final class FilterParser {
  /** Null as one of these asks nothing. */
  private static final Set<String> CONNECTIVES = Set.of("_and", "_or", "_not");

  private static final Filter EVERYTHING = new Filter.And(List.of());
  private static final Filter NOTHING = new Filter.Or(List.of());

  private final TypeSystem types;

  FilterParser(TypeSystem types) {
    this.types = types;
  }

  /** {@code given} null: no filter. */
  @Nullable Filter parse(String collection, @Nullable Given given) {
    return given == null ? null : object(collection, given);
  }

  private Filter object(String collection, Given given) {
    var parts = new ArrayList<Filter>();
    for (Map.Entry<String, Given> member : given.members().entrySet()) {
      boolean isAsked = !CONNECTIVES.contains(member.getKey()) || !member.getValue().isNull();
      if (isAsked) {
        parts.add(member(collection, member.getKey(), member.getValue()));
      }
    }
    // A written _and stays inside the object it stands in: explanations show it as it was written.
    boolean isAlone = parts.size() == 1 && !(parts.get(0) instanceof Filter.And);
    return isAlone ? parts.get(0) : new Filter.And(parts);
  }

  private Filter member(String collection, String name, Given given) {
    return switch (name) {
      case "_and" -> new Filter.And(each(collection, given));
      case "_or" -> new Filter.Or(each(collection, given));
      case "_not" -> new Filter.Not(object(collection, given));
      case "_alias" -> aliases(given);
      default -> field(collection, name, given);
    };
  }

  private List<Filter> each(String collection, Given list) {
    return list.items().stream().map(it -> object(collection, it)).toList();
  }

  private Filter field(String collection, String name, Given given) {
    Member member = types.members(collection).get(name);
    CollectionVersion related = member == null ? null : member.related();
    if (related != null) {
      return given.isNull()
          ? new Filter.Not(new Filter.OnRelation(name, EVERYTHING))
          : new Filter.OnRelation(name, object(related.name(), given));
    }
    if (member instanceof Member.Scalar scalar && scalar.kind() == FieldKind.JSON) {
      return ConditionParser.json(name, List.of(), given);
    }
    return new Filter.OnField(name, List.of(), ConditionParser.block(given));
  }

  /** What is no object matches nothing, as in the reference; an empty object everything. */
  private static Filter aliases(Given given) {
    if (!given.isObject()) {
      return NOTHING;
    }
    var parts = new ArrayList<Filter>();
    given.members().forEach((name, condition) -> parts.add(alias(name, condition)));
    return parts.size() == 1 ? parts.get(0) : new Filter.And(parts);
  }

  private static Filter alias(String name, Given given) {
    return switch (name) {
      case "_and" -> new Filter.And(given.items().stream().map(FilterParser::aliases).toList());
      case "_or" -> new Filter.Or(given.items().stream().map(FilterParser::aliases).toList());
      case "_not" -> new Filter.Not(aliases(given));
      default -> new Filter.OnAlias(name, ConditionParser.untyped(given));
    };
  }
}

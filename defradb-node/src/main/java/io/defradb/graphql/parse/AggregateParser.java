package io.defradb.graphql.parse;

import io.defradb.document.Value;
import io.defradb.error.DefraException;
import io.defradb.graphql.schema.Member;
import io.defradb.graphql.schema.TypeSystem;
import io.defradb.request.Aggregate;
import io.defradb.request.Filter;
import io.defradb.request.Order;
import io.defradb.request.Select;
import io.defradb.request.Similarity;
import io.defradb.schema.CollectionVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads aggregates and similarities (query language specification, 3.3). */
final class AggregateParser {
  static final Set<String> FUNCTIONS = Set.of("_count", "_sum", "_avg", "_min", "_max");

  private final TypeSystem types;
  private final FilterParser filters;

  AggregateParser(TypeSystem types, FilterParser filters) {
    this.types = types;
    this.filters = filters;
  }

  /** {@code collection} null: at the top, where every host is a collection. */
  Aggregate parse(
      String responseName, String function, @Nullable String collection, Arguments arguments) {
    var targets = new ArrayList<Aggregate.Target>();
    for (Map.Entry<String, Given> argument : arguments.values().entrySet()) {
      if (argument.getValue() instanceof Given.Members selector) {
        targets.add(target(argument.getKey(), collection, selector.values()));
      }
    }
    if (targets.isEmpty()) {
      throw nothingNamed();
    }
    return new Aggregate(responseName, function, targets);
  }

  static DefraException nothingNamed() {
    return RequestFault.of("aggregate must be provided with a property to aggregate");
  }

  private Aggregate.Target target(
      String host, @Nullable String collection, Map<String, Given> selector) {
    Given filter = present(selector.get("filter"));
    Given order = present(selector.get("order"));
    Given field = present(selector.get("field"));
    String documents = documents(host, collection);
    Filter.Condition elements =
        documents == null && filter != null ? ConditionParser.block(filter) : null;
    return new Aggregate.Target(
        host,
        field == null ? null : field.text(),
        documents == null ? null : filters.parse(documents, filter),
        elements,
        documents == null ? elementOrder(host, order) : OrderParser.parse(order),
        Arguments.page(selector));
  }

  private static @Nullable Given present(@Nullable Given given) {
    return given == null || given.isNull() ? null : given;
  }

  /** The collection whose documents {@code host} lists; {@code null}: it lists something else. */
  private @Nullable String documents(String host, @Nullable String collection) {
    if (collection == null) {
      return host;
    }
    if (host.equals(Select.GROUP)) {
      return collection;
    }
    Member member = types.members(collection).get(host);
    CollectionVersion related = member == null ? null : member.related();
    return related == null ? null : related.name();
  }

  private static @Nullable List<Order> elementOrder(String host, @Nullable Given order) {
    return order == null
        ? null
        : List.of(new Order(List.of(host), OrderParser.isDescending(order)));
  }

  Similarity similarity(String responseName, Arguments arguments) {
    for (Map.Entry<String, Given> argument : arguments.values().entrySet()) {
      Given vector = argument.getValue().members().get("vector");
      if (vector != null) {
        return new Similarity(responseName, argument.getKey(), numbers(vector));
      }
    }
    throw nothingNamed();
  }

  private static List<Double> numbers(Given vector) {
    var numbers = new ArrayList<Double>();
    for (Given item : vector.items()) {
      Value value = item.value();
      if (value instanceof Value.Int whole) {
        numbers.add((double) whole.value());
      } else if (value instanceof Value.Float32 single) {
        numbers.add((double) single.value());
      } else {
        numbers.add(value instanceof Value.Float64 number ? number.value() : 0.0);
      }
    }
    return numbers;
  }
}

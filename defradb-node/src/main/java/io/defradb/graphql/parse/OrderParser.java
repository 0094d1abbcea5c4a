package io.defradb.graphql.parse;

import io.defradb.request.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code order}: a list of objects with one member, which nest (specification, 3). */
final class OrderParser {
  private static final String ALIAS = "_alias";

  private OrderParser() {}

  /** Empty and null conditions sort by nothing. {@code given} null: no order is given. */
  static @Nullable List<Order> parse(@Nullable Given given) {
    if (given == null) {
      return null;
    }
    var orders = new ArrayList<Order>();
    for (Given condition : given.items()) {
      Order order = condition(condition, List.of());
      if (order != null) {
        orders.add(order);
      }
    }
    return orders;
  }

  private static @Nullable Order condition(Given given, List<String> path) {
    Map<String, Given> members = given.members();
    if (members.isEmpty()) {
      return null;
    }
    if (members.size() > 1) {
      throw RequestFault.of("each order argument can only define one field");
    }
    Map.Entry<String, Given> member = members.entrySet().iterator().next();
    var deeper = new ArrayList<>(path);
    deeper.add(member.getKey());
    Given value = member.getValue();
    if (value.isNull()) {
      return null;
    }
    if (value.isObject()) {
      return condition(value, deeper);
    }
    if (member.getKey().equals(ALIAS) || value.text().isEmpty()) {
      throw RequestFault.of("invalid order input");
    }
    return new Order(deeper, isDescending(value));
  }

  static boolean isDescending(Given direction) {
    return switch (direction.text()) {
      case "ASC" -> false;
      case "DESC" -> true;
      default -> throw RequestFault.of("invalid order direction");
    };
  }
}

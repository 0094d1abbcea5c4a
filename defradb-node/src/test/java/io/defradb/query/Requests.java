package io.defradb.query;

import io.defradb.document.Value;
import io.defradb.request.Aggregate;
import io.defradb.request.Filter;
import io.defradb.request.Filter.Condition;
import io.defradb.request.Order;
import io.defradb.request.Page;
import io.defradb.request.Request;
import io.defradb.request.RootField;
import io.defradb.request.Select;
import io.defradb.request.Selection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests, written the short way. */
final class Requests {
  private Requests() {}

  static Request query(RootField... fields) {
    return new Request(Request.Operation.QUERY, List.of(fields), null);
  }

  static Request mutation(RootField... fields) {
    return new Request(Request.Operation.MUTATION, List.of(fields), null);
  }

  static Building select(String name, String collection) {
    return new Building(name, collection);
  }

  static Selection field(String name) {
    return new Selection.Field(name, name);
  }

  static Filter where(String field, String operator, Value operand) {
    return new Filter.OnField(field, List.of(), new Condition.Compare(operator, operand));
  }

  static Value number(long number) {
    return new Value.Int(number);
  }

  static Value text(String text) {
    return new Value.Text(text);
  }

  static Order ascending(String... path) {
    return new Order(List.of(path), false);
  }

  static Order descending(String... path) {
    return new Order(List.of(path), true);
  }

  static Aggregate aggregate(
      String name, String function, String host, @Nullable String field, @Nullable Filter filter) {
    return new Aggregate(
        name, function, List.of(new Aggregate.Target(host, field, filter, null, null, Page.WHOLE)));
  }

  /** A selection in the making. */
  static final class Building {
    private final String name;
    private final String collection;
    private @Nullable List<String> docIds;
    private @Nullable Filter filter;
    private @Nullable List<Order> order;
    private @Nullable List<String> groupBy;
    private @Nullable Long limit;
    private @Nullable Long offset;
    private boolean isDeletedShown;
    private final List<Selection> selections = new ArrayList<>();

    private Building(String name, String collection) {
      this.name = name;
      this.collection = collection;
    }

    Building docIds(String... ids) {
      docIds = List.of(ids);
      return this;
    }

    Building filter(@Nullable Filter wanted) {
      filter = wanted;
      return this;
    }

    Building order(Order... orders) {
      order = List.of(orders);
      return this;
    }

    Building groupBy(String... fields) {
      groupBy = List.of(fields);
      return this;
    }

    Building limit(long rows) {
      limit = rows;
      return this;
    }

    Building offset(long rows) {
      offset = rows;
      return this;
    }

    Building deletedShown() {
      isDeletedShown = true;
      return this;
    }

    Select of(Object... names) {
      for (Object it : names) {
        selections.add(it instanceof Selection selection ? selection : field((String) it));
      }
      return new Select(
          name,
          name,
          collection,
          docIds,
          null,
          filter,
          order,
          groupBy,
          new Page(limit, offset),
          isDeletedShown,
          selections);
    }
  }
}

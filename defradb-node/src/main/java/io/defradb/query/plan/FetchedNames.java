package io.defradb.query.plan;

import io.defradb.request.Aggregate;
import io.defradb.request.Filter;
import io.defradb.request.Order;
import io.defradb.request.Select;
import io.defradb.request.Selection;
import io.defradb.request.Similarity;
import io.defradb.schema.CollectionVersion;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of fields that somebody asks of a grouped collection. As in the reference only those
 * are read, so that a key which nobody asks for does not tell groups apart.
 */
final class FetchedNames {
  private final Set<String> names = new HashSet<>();

  private FetchedNames() {}

  /** All those of {@code select}, its groups included. */
  static FetchedNames of(CollectionVersion collection, Select select) {
    var fetched = new FetchedNames();
    fetched.add(select);
    fetched.names.removeIf(it -> !isField(collection, it));
    return fetched;
  }

  private static boolean isField(CollectionVersion collection, String name) {
    return name.equals(Fields.DOC_ID) || collection.field(name).isPresent();
  }

  /** Whether {@code key}, a field or a relation, tells groups apart; all do when none is named. */
  boolean has(String key) {
    return names.isEmpty() || names.contains(key) || names.contains(key + Relations.KEY_SUFFIX);
  }

  private void add(Select select) {
    add(select.filter());
    select.order().forEach(this::add);
    select.selections().forEach(this::add);
  }

  private void add(Selection selection) {
    if (selection instanceof Selection.Field field) {
      names.add(field.name());
    } else if (selection instanceof Select select) {
      names.add(select.name() + Relations.KEY_SUFFIX);
      add(select);
    } else if (selection instanceof Similarity similarity) {
      names.add(similarity.field());
    } else if (selection instanceof Aggregate aggregate) {
      aggregate.targets().forEach(this::add);
    }
  }

  private void add(Aggregate.Target target) {
    add(target.filter());
    target.order().forEach(this::add);
    names.add(target.host());
    names.add(target.host() + Relations.KEY_SUFFIX);
    if (target.field() != null) {
      names.add(target.field());
    }
  }

  private void add(Order order) {
    List<String> path = order.path();
    for (int i = 0; i < path.size(); i++) {
      names.add(i + 1 < path.size() ? path.get(i) + Relations.KEY_SUFFIX : path.get(i));
    }
  }

  private void add(@Nullable Filter filter) {
    if (filter instanceof Filter.And and) {
      and.parts().forEach(this::add);
    } else if (filter instanceof Filter.Or or) {
      or.parts().forEach(this::add);
    } else if (filter instanceof Filter.Not not) {
      add(not.part());
    } else if (filter instanceof Filter.OnField field) {
      names.add(field.name());
    } else if (filter instanceof Filter.OnRelation related) {
      names.add(related.name() + Relations.KEY_SUFFIX);
      add(related.filter());
    }
  }
}

package io.defradb.query.explain;

import io.defradb.document.Value;
import io.defradb.request.Filter;
import io.defradb.request.Filter.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Filters as objects again, the way they were written. */
final class WrittenFilter {
  private WrittenFilter() {}

  /** Null for no filter and for an empty one. */
  static Value of(@Nullable Filter filter) {
    TreeMap<String, Value> members = members(filter);
    return members.isEmpty() ? Value.NULL : new Value.Fields(members);
  }

  /** The members that ask about related documents, when {@code isRelated}; else all others. */
  static Value part(@Nullable Filter filter, boolean isRelated) {
    var parts = new ArrayList<Filter>();
    for (Filter part : parts(filter)) {
      if (isAboutRelated(part) == isRelated) {
        parts.add(part);
      }
    }
    return of(new Filter.And(parts));
  }

  static List<Filter> parts(@Nullable Filter filter) {
    if (filter == null) {
      return List.of();
    }
    return filter instanceof Filter.And and ? and.parts() : List.of(filter);
  }

  /** Whether related documents are asked about inside a condition. */
  static boolean isComplex(@Nullable Filter filter) {
    return parts(filter).stream()
        .anyMatch(it -> isAboutRelated(it) && !(it instanceof Filter.OnRelation));
  }

  static boolean isAboutRelated(Filter filter) {
    if (filter instanceof Filter.And and) {
      return and.parts().stream().anyMatch(WrittenFilter::isAboutRelated);
    }
    if (filter instanceof Filter.Or or) {
      return or.parts().stream().anyMatch(WrittenFilter::isAboutRelated);
    }
    return filter instanceof Filter.Not not
        ? isAboutRelated(not.part())
        : filter instanceof Filter.OnRelation;
  }

  private static TreeMap<String, Value> members(@Nullable Filter filter) {
    var members = new TreeMap<String, Value>();
    for (Filter part : parts(filter)) {
      add(part, members);
    }
    return members;
  }

  private static void add(Filter part, TreeMap<String, Value> members) {
    if (part instanceof Filter.And and) {
      members.put("_and", each(and.parts()));
    } else if (part instanceof Filter.Or or) {
      members.put("_or", each(or.parts()));
    } else if (part instanceof Filter.Not not) {
      members.put("_not", new Value.Fields(members(not.part())));
    } else if (part instanceof Filter.OnField field) {
      merge(members, field.name(), under(field.path(), of(field.condition())));
    } else if (part instanceof Filter.OnRelation related) {
      members.put(related.name(), new Value.Fields(members(related.filter())));
    } else if (part instanceof Filter.OnAlias alias) {
      merge(members, "_alias", Tree.of(alias.alias(), of(alias.condition())));
    }
  }

  /** Two conditions on one field stand in one object. */
  static void merge(TreeMap<String, Value> members, String name, Value value) {
    if (members.get(name) instanceof Value.Fields known && value instanceof Value.Fields more) {
      var joined = new TreeMap<>(known.values());
      joined.putAll(more.values());
      members.put(name, new Value.Fields(joined));
    } else {
      members.put(name, value);
    }
  }

  private static Value under(List<String> path, Value value) {
    Value result = value;
    for (int i = path.size() - 1; i >= 0; i--) {
      result = Tree.of(path.get(i), result);
    }
    return result;
  }

  private static Value each(List<Filter> parts) {
    var values = new ArrayList<Value>(parts.size());
    for (Filter part : parts) {
      values.add(new Value.Fields(members(part)));
    }
    return new Value.Items(values);
  }

  static Value of(Condition condition) {
    if (condition.equals(Condition.UNSET)) {
      return Value.NULL;
    }
    var members = new TreeMap<String, Value>();
    add(condition, members);
    return new Value.Fields(members);
  }

  private static void add(Condition condition, TreeMap<String, Value> members) {
    if (condition instanceof Condition.Compare compare) {
      members.put(compare.operator(), compare.operand());
    } else if (condition instanceof Condition.Elements elements) {
      members.put(elements.quantifier(), of(elements.element()));
    } else if (condition instanceof Condition.All all) {
      all.parts().forEach(it -> add(it, members));
    } else if (condition instanceof Condition.Any any) {
      var values = new ArrayList<Value>();
      any.parts().forEach(it -> values.add(of(it)));
      members.put("_or", new Value.Items(values));
    } else if (condition instanceof Condition.None none) {
      members.put("_not", of(none.part()));
    }
  }
}

package io.defradb.query.plan;

import io.defradb.request.Filter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A filter of a grouped selection: what is asked of members, and what of groups (aliases). */
record FilterSplit(@Nullable Filter beforeGrouping, @Nullable Filter afterGrouping) {

  static FilterSplit of(@Nullable Filter filter) {
    if (filter == null) {
      return new FilterSplit(null, null);
    }
    List<Filter> parts = filter instanceof Filter.And and ? and.parts() : List.of(filter);
    var before = new ArrayList<Filter>();
    var after = new ArrayList<Filter>();
    for (Filter part : parts) {
      (isNamingAlias(part) ? after : before).add(part);
    }
    return new FilterSplit(joined(before), joined(after));
  }

  private static @Nullable Filter joined(List<Filter> parts) {
    return parts.isEmpty() ? null : new Filter.And(parts);
  }

  private static boolean isNamingAlias(Filter filter) {
    if (filter instanceof Filter.And and) {
      return and.parts().stream().anyMatch(FilterSplit::isNamingAlias);
    }
    if (filter instanceof Filter.Or or) {
      return or.parts().stream().anyMatch(FilterSplit::isNamingAlias);
    }
    if (filter instanceof Filter.Not not) {
      return isNamingAlias(not.part());
    }
    return filter instanceof Filter.OnAlias;
  }
}

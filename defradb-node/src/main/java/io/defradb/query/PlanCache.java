package io.defradb.query;

import io.defradb.db.Catalog;
import io.defradb.query.plan.Planner;
import io.defradb.query.plan.RootPlan;
import io.defradb.request.Request;
import java.lang.ref.WeakReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plans by the identity of their request, as long as somebody else keeps the request; the {@value
 * #PLANS_MAX} last asked for. A plan is made again when the catalog has changed. Safe for use by
 * many threads.
 */
final class PlanCache {
  private static final int PLANS_MAX = 1024;

  private final Planner planner;
  private final Map<Key, Planned> plans =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Planned> eldest) {
          return size() > PLANS_MAX;
        }
      };

  PlanCache(Planner planner) {
    this.planner = planner;
  }

  List<RootPlan> plan(Request request, Catalog catalog) {
    Key key = new Key(request);
    Planned known = known(key);
    if (known != null && known.generation == catalog.generation()) {
      return known.plans;
    }
    Planned planned = new Planned(catalog.generation(), planner.plan(request, catalog));
    keep(key, planned);
    return planned.plans;
  }

  private @Nullable Planned known(Key key) {
    synchronized (plans) {
      return plans.get(key);
    }
  }

  private void keep(Key key, Planned planned) {
    synchronized (plans) {
      plans.put(key, planned);
    }
  }

  private record Planned(long generation, List<RootPlan> plans) {}

  /** A request by identity. The key of one that is gone equals itself only, until it falls out. */
  private static final class Key extends WeakReference<Request> {
    private final int hash;

    Key(Request request) {
      super(request);
      hash = System.identityHashCode(request);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // what is weakly held is itself or another
    public boolean equals(@Nullable Object other) {
      return this == other || other instanceof Key key && get() != null && get() == key.get();
    }
  }
}

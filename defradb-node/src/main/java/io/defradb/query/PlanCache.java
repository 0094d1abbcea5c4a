package io.defradb.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.defradb.db.Catalog;
import io.defradb.query.plan.Planner;
import io.defradb.query.plan.RootPlan;
import io.defradb.request.Request;
import java.util.List;

/**
 * Plans by the identity of their request, as long as somebody else keeps the request; at most
 * {@value #PLANS_MAX}. A plan is made again when the catalog has changed. Safe for use by many
 * threads.
 */
final class PlanCache {
  private static final int PLANS_MAX = 1024;

  private final Planner planner;
  private final Cache<Request, Planned> plans =
      Caffeine.newBuilder().weakKeys().maximumSize(PLANS_MAX).executor(Runnable::run).build();

  PlanCache(Planner planner) {
    this.planner = planner;
  }

  List<RootPlan> plan(Request request, Catalog catalog) {
    Planned known = plans.getIfPresent(request);
    if (known != null && known.generation == catalog.generation()) {
      return known.plans;
    }
    Planned planned = new Planned(catalog.generation(), planner.plan(request, catalog));
    plans.put(request, planned);
    return planned.plans;
  }

  private record Planned(long generation, List<RootPlan> plans) {}
}

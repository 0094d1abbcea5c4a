package io.defradb.lens;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Lenses in a WASM runtime of pure Java, whose classes are loaded with the first module. */
public final class LensEngine implements Lenses {
  private static final int GIVEN_MAX = 10_000;

  private final Map<String, LensConfig> given = new ConcurrentHashMap<>();
  private final LensLimits limits;
  private volatile @Nullable ModuleLoader modules;
  private final ScheduledExecutorService scheduler;

  /** {@code scheduler}: interrupts modules that take too long. */
  public LensEngine(LensLimits limits, ScheduledExecutorService scheduler) {
    this.limits = limits;
    this.scheduler = scheduler;
  }

  @Override
  public ItemSource open(LensConfig config, ItemSource source) {
    ItemSource last = source;
    for (LensConfig.Module module : config.modules()) {
      var timer = new CallTimer(scheduler, limits.callMillisMax());
      last = new LensInstance(modules().load(module.path()), module, last, limits, timer);
    }
    return last;
  }

  @Override
  public void give(String versionId, LensConfig config) {
    if (given.size() >= GIVEN_MAX && !given.containsKey(versionId)) {
      throw new DefraException(ErrorCode.TOO_LARGE, "too many lenses are set", "Max", GIVEN_MAX);
    }
    given.put(versionId, config);
  }

  @Override
  public @Nullable LensConfig given(String versionId) {
    return given.get(versionId);
  }

  @Override
  public boolean isAnyGiven() {
    return !given.isEmpty();
  }

  @Override
  public void reload() {
    given.clear();
    ModuleLoader loaded = modules;
    if (loaded != null) {
      loaded.forget();
    }
  }

  /**
   * Made with the first lens: it brings the classes of the runtime, which a start can do without.
   */
  private synchronized ModuleLoader modules() {
    ModuleLoader known = modules;
    if (known == null) {
      known = new ModuleLoader(limits);
      modules = known;
    }
    return known;
  }
}

package io.defradb.db.migrate;

import io.defradb.lens.LensConfig;
import io.defradb.lens.Lenses;
import io.defradb.schema.CollectionVersion;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lenses on the shortest way between two versions of a collection. A version knows the one it
 * was patched from, and its lens leads from there to it: forwards as it is, backwards inverted.
 */
final class MigrationPath {
  private record Step(String to, @Nullable LensConfig lens) {}

  private final Map<String, List<Step>> steps = new HashMap<>();

  /** {@code versions}: of one collection; {@code lenses}: what was set for a version goes first. */
  MigrationPath(List<CollectionVersion> versions, Lenses lenses) {
    for (CollectionVersion version : versions) {
      for (CollectionVersion.Source source : version.sources()) {
        if (source instanceof CollectionVersion.Source.Collection from) {
          LensConfig lens = lens(version.versionId(), from, lenses);
          String before = from.sourceCollectionId();
          add(before, new Step(version.versionId(), lens));
          add(version.versionId(), new Step(before, lens == null ? null : lens.inverted()));
        }
      }
    }
  }

  private static @Nullable LensConfig lens(
      String versionId, CollectionVersion.Source.Collection source, Lenses lenses) {
    LensConfig given = lenses.given(versionId);
    String json = source.transformJson();
    return given != null || json == null ? given : LensConfig.parse(json);
  }

  private void add(String from, Step step) {
    steps.computeIfAbsent(from, it -> new ArrayList<>()).add(step);
  }

  /** In the order in which they apply; empty without a way, or when nothing changes on it. */
  List<LensConfig.Module> modules(String fromVersionId, String toVersionId) {
    var cameFrom = new HashMap<String, String>();
    var stepTo = new HashMap<String, Step>();
    var open = new ArrayDeque<>(List.of(fromVersionId));
    cameFrom.put(fromVersionId, fromVersionId);
    while (!open.isEmpty() && !cameFrom.containsKey(toVersionId)) {
      String at = open.remove();
      for (Step step : steps.getOrDefault(at, List.of())) {
        if (cameFrom.putIfAbsent(step.to(), at) == null) {
          stepTo.put(step.to(), step);
          open.add(step.to());
        }
      }
    }
    var modules = new ArrayList<LensConfig.Module>();
    String at = toVersionId;
    Step last = stepTo.get(at);
    while (last != null) {
      if (last.lens() != null) {
        modules.addAll(0, last.lens().modules());
      }
      at = cameFrom.getOrDefault(at, fromVersionId);
      last = stepTo.get(at);
    }
    return modules;
  }
}

package io.defradb.benchmarks.node;

import java.io.IOException;
import java.util.List;

/**
 * Work that measures some cases at once, on one node after the other.
 *
 * @param isRepeated measured in every round; else once, because it begins with an empty store
 */
record Stage(List<String> cases, boolean isRepeated, Work work) {

  interface Work {
    void measure(Target target, Sink out) throws IOException;
  }

  interface Sink {
    void put(String name, Figure figure);
  }

  /** Measures one case in every round. */
  static Stage of(String name, Measure measure) {
    return new Stage(List.of(name), true, (target, out) -> out.put(name, measure.on(target)));
  }

  interface Measure {
    Figure on(Target target) throws IOException;
  }
}

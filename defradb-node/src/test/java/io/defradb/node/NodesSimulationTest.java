package io.defradb.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole nodes among each other, with everything that can happen to them. More: {@code
 * -Dnodes.seeds=10000}, from {@code -Dnodes.from=1}; one: {@code -Dnodes.seed=17}.
 */
class NodesSimulationTest {
  private static final int STEPS = 60;

  static LongStream seeds() {
    Long one = Long.getLong("nodes.seed");
    long from = Long.getLong("nodes.from", 1);
    return one != null
        ? LongStream.of(one)
        : LongStream.range(from, from + Integer.getInteger("nodes.seeds", 100));
  }

  private static NodesSimulation settled(long seed) {
    int size = seed % 50 == 0 ? 24 : 3 + (int) (seed % 5);
    var simulation = new NodesSimulation(seed, size);
    for (int i = 0; i < STEPS; i++) {
      simulation.step();
    }
    simulation.settle();
    return simulation;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void givenAnyTrouble_whenAllIsQuiet_thenNodesAreEqualAndNothingIsLost(long seed) {
    NodesSimulation simulation = settled(seed);
    simulation.check();
    assertThat(simulation.commits()).isPositive();
  }

  @Test
  void givenASeed_whenRunAgain_thenTheSameHappens() {
    assertThat(settled(7).fingerprint()).isEqualTo(settled(7).fingerprint());
  }
}

package io.defradb.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** Choices that follow from a seed, so that a seed asks the same every time. For one thread. */
final class Chance {
  private final RandomGenerator random;

  Chance(long seed) {
    random = new Random(seed);
  }

  /** From 0, below {@code bound}. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Both ends are possible. */
  int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** At most {@code most} of the choices, at least one, in random order, none twice. */
  <T> List<T> some(List<T> choices, int most) {
    List<T> left = new ArrayList<>(choices);
    List<T> taken = new ArrayList<>();
    for (int n = between(1, Math.min(most, choices.size())); n > 0; n--) {
      taken.add(left.remove(random.nextInt(left.size())));
    }
    return taken;
  }
}

package io.defradb.fuzz;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * No input makes a target throw, hang or take what is wrong: some thousands each, from a seed that
 * is printed, so that a faster machine finds nothing else. {@code -Dfuzz.seconds=600 -Dfuzz.seed=7}
 * for longer.
 */
class FuzzTest {
  private static final boolean IS_LONG = System.getProperty("fuzz.seconds") != null;
  private static final Duration TIME =
      Duration.ofMillis(
          (long) (1000 * Double.parseDouble(System.getProperty("fuzz.seconds", "2"))));
  private static final long SEED = Long.getLong("fuzz.seed", 20251109);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void givenAnyInput_whenTaken_thenThereIsAnAnswer(FuzzTargets name) throws Exception {
    try (FuzzTarget target = name.make(folder)) {
      long inputsMax = IS_LONG ? Long.MAX_VALUE : name.usualInputs();
      String figures = new FuzzRun(target, SEED).run(TIME, inputsMax);
      System.out.println("fuzz " + name + " seed " + SEED + " " + TIME + ": " + figures);
    }
  }
}

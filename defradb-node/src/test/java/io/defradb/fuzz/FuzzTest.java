package io.defradb.fuzz;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * No input makes a target throw, hang or take what is wrong: some seconds each, from a seed that is
 * printed. {@code -Dfuzz.seconds=600 -Dfuzz.seed=7} for longer.
 */
class FuzzTest {
  private static final Duration TIME =
      Duration.ofMillis(
          (long) (1000 * Double.parseDouble(System.getProperty("fuzz.seconds", "2"))));
  private static final long SEED = Long.getLong("fuzz.seed", 20251109);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void givenAnyInput_whenTaken_thenThereIsAnAnswer(FuzzTargets name) throws Exception {
    try (FuzzTarget target = name.make(folder)) {
      String figures = new FuzzRun(target, SEED).run(TIME);
      System.out.println("fuzz " + name + " seed " + SEED + " " + TIME + ": " + figures);
    }
  }
}

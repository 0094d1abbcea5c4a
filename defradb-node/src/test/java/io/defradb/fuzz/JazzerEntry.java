package io.defradb.fuzz;

import java.nio.file.Path;

/** What Jazzer calls: the target that the system property {@code fuzz.target} names. */
public final class JazzerEntry {
  private static FuzzTarget target;

  private JazzerEntry() {}

  /** Before the first input. */
  public static void fuzzerInitialize() {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    target = FuzzTargets.valueOf(System.getProperty("fuzz.target")).make(folder);
  }

  /** One input. Whatever is thrown is a finding. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    target.accepts(input);
  }
}

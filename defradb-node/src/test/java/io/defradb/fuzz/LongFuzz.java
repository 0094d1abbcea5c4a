package io.defradb.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every target under Jazzer, which sees what code an input reaches; in a process of its own, one
 * line each. No build runs it by itself: {@code mvn -Pfuzz -Dfuzz.seconds=3600
 * -Dfuzz.target=GRAPHQL}, without a target all of them. The corpus stays in {@code
 * target/fuzz/<target>} and is gone on with.
 */
class LongFuzz {
  private static final Pattern RUNS = Pattern.compile("Done (\\d+) runs|#(\\d+)\\s");

  @ParameterizedTest
  @EnumSource
  void givenJazzersInputs_whenTaken_thenThereIsAnAnswer(FuzzTargets name) throws Exception {
    String only = System.getProperty("fuzz.target", "");
    if (!only.isEmpty() && !only.equals(name.name())) {
      return;
    }
    long seconds = Long.getLong("fuzz.seconds", 60);
    Path corpus = Path.of("target", "fuzz", name.name()).toAbsolutePath();
    Path words = corpus.resolveSibling(name + ".words");
    seed(name, corpus, words);
    Path log = corpus.resolveSibling(name + ".log");
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-cp",
            System.getProperty("java.class.path"),
            "-Dfuzz.target=" + name,
            "-Dvectors=" + System.getProperty("vectors", ""),
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=io.defradb.fuzz.JazzerEntry",
            "--instrumentation_includes=io.defradb.**",
            // a target's connection to its own node would count as a forged request
            "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery",
            "-max_total_time=" + seconds,
            "-timeout=10",
            "-rss_limit_mb=4096",
            "-dict=" + words,
            "-artifact_prefix=" + corpus.getParent() + "/" + name + "-",
            corpus.toString());
    int exit =
        new ProcessBuilder(command)
            .directory(corpus.getParent().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    System.out.println(
        "fuzz " + name + " by Jazzer, " + seconds + " s: " + runs(log) + " inputs, exit " + exit);
    assertThat(exit).as("see %s", log).isZero();
  }

  private static void seed(FuzzTargets name, Path corpus, Path words) throws Exception {
    Files.createDirectories(corpus);
    try (FuzzTarget target = name.make(corpus.getParent())) {
      int count = 0;
      for (byte[] seed : target.seeds()) {
        Files.write(corpus.resolve("seed-" + count++), seed);
      }
      var lines = new StringBuilder();
      for (String word : target.words()) {
        lines.append('"');
        for (byte b : word.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
          lines.append("\\x%02x".formatted(b));
        }
        lines.append("\"\n");
      }
      Files.writeString(words, lines);
    }
  }

  private static String runs(Path log) throws IOException {
    String last = "?";
    for (String line : Files.readAllLines(log)) {
      Matcher matcher = RUNS.matcher(line);
      if (matcher.find()) {
        last = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
      }
    }
    return last;
  }
}

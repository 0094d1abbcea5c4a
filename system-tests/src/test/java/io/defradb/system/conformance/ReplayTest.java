package io.defradb.system.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replays what is recorded of the reference about types, their versions and views, which no other
 * test sends again; half a minute on a quiet machine.
 *
 * <p>{@code src/test/conformance/floor.txt} holds how many pass at least: raise it when more do.
 * {@code differences.txt} beside it names those that may not pass; docs/compatibility.md says why.
 */
class ReplayTest {
  private static final Path HOME =
      Path.of(System.getProperty("defradb.home", "..")).toAbsolutePath().normalize();
  private static final Path REPLAY = HOME.resolve("../shared/conformance/replay.py").normalize();
  private static final Path EXPECTED = HOME.resolve("system-tests/src/test/conformance");
  private static final String PACKAGES = "^(view|collection_version|explain/debug|schema/)";
  private static final int MINUTES_MAX = 15;
  private static final int WORKERS = 2;

  @TempDir Path folder;

  @Test
  void givenRecordedExchanges_whenSentAgain_thenOnlyNamedOnesDifferAndTheFloorHolds()
      throws Exception {
    assumeTrue(Files.isRegularFile(REPLAY), "there are no recorded exchanges at " + REPLAY);
    assumeTrue(isPythonThere(), "there is no python3 to send them with");
    List<String> passed = new ArrayList<>();
    List<String> differing = new ArrayList<>();
    for (JsonNode row : replay()) {
      String status = row.get("status").asText();
      if (status.equals("pass")) {
        passed.add(row.get("name").asText());
      } else if (!status.equals("skip")) {
        differing.add(row.get("name").asText() + ": " + row.get("reason").asText());
      }
    }
    List<String> named = named();
    assertThat(differing)
        .as("what differs from the reference without being named")
        .allMatch(it -> named.stream().anyMatch(it::contains));
    assertThat(passed).hasSizeGreaterThanOrEqualTo(floor());
  }

  private JsonNode replay() throws Exception {
    Path report = folder.resolve("report.json");
    Path log = folder.resolve("log.txt");
    Process process =
        new ProcessBuilder(
                "python3",
                REPLAY.toString(),
                "--node",
                HOME.resolve("bin/defradb").toString(),
                "--filter",
                PACKAGES,
                "--jobs",
                Integer.toString(WORKERS),
                "--report",
                report.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean isDone = process.waitFor(MINUTES_MAX, TimeUnit.MINUTES);
    process.destroy();
    assertThat(isDone).as("the replay ended:\n" + Files.readString(log)).isTrue();
    assertThat(report).as(Files.readString(log)).exists();
    return new ObjectMapper().readTree(report.toFile());
  }

  private static boolean isPythonThere() {
    String path = System.getenv("PATH");
    return path != null
        && Stream.of(path.split(File.pathSeparator))
            .anyMatch(it -> Files.isExecutable(Path.of(it, "python3")));
  }

  private static int floor() throws IOException {
    return Integer.parseInt(Files.readString(EXPECTED.resolve("floor.txt")).trim());
  }

  private static List<String> named() throws IOException {
    return Files.readAllLines(EXPECTED.resolve("differences.txt")).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }
}

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
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replays all that is recorded of the reference with one node; a minute and a half on a quiet
 * machine.
 *
 * <p>{@code src/test/conformance/floors.txt} holds how many exchanges of each package pass at
 * least: raise them when more do. {@code differences.txt} beside it names those that may not pass;
 * docs/compatibility.md says why.
 */
class ReplayTest {
  private static final Path HOME =
      Path.of(System.getProperty("defradb.home", "..")).toAbsolutePath().normalize();
  private static final Path REPLAY = HOME.resolve("../shared/conformance/replay.py").normalize();
  private static final Path EXPECTED = HOME.resolve("system-tests/src/test/conformance");
  private static final String PACKAGES = "^(?!net/)(?!.*(P2P|Peer))";
  private static final int MINUTES_MAX = 15;
  private static final int WORKERS = 2;

  @TempDir Path folder;

  @Test
  void givenRecordedExchanges_whenSentAgain_thenOnlyNamedOnesDifferAndTheFloorHolds()
      throws Exception {
    assumeTrue(Files.isRegularFile(REPLAY), "there are no recorded exchanges at " + REPLAY);
    assumeTrue(isPythonThere(), "there is no python3 to send them with");
    Map<String, Integer> passed = new TreeMap<>();
    List<String> differing = new ArrayList<>();
    for (JsonNode row : replay()) {
      String status = row.get("status").asText();
      String name = row.get("name").asText();
      if (status.equals("pass")) {
        passed.merge(name.substring(0, name.indexOf('/')), 1, Integer::sum);
      } else if (!status.equals("skip")) {
        differing.add(name + ": " + row.get("reason").asText());
      }
    }
    List<String> named = lines("differences.txt");
    assertThat(differing)
        .as("what differs from the reference without being named")
        .allMatch(it -> named.stream().anyMatch(it::contains));
    for (String line : lines("floors.txt")) {
      String[] floor = line.split(" ");
      assertThat(passed.getOrDefault(floor[0], 0))
          .as("exchanges of %s answered the same", floor[0])
          .isGreaterThanOrEqualTo(Integer.parseInt(floor[1]));
    }
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

  private static List<String> lines(String file) throws IOException {
    return Files.readAllLines(EXPECTED.resolve(file)).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }
}

package io.defradb.system.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.defradb.testing.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * Somebody with an empty home directory, {@code defradb} on the path, and a shell. The only thing
 * that is not as in the guide: the first start names a free port, which every later command finds
 * in the configuration file.
 */
public final class Newcomer implements AutoCloseable {
  static final Path CHECKOUT =
      Path.of(System.getProperty("defradb.home", "..")).toAbsolutePath().normalize();
  private static final Duration WAIT = Duration.ofMinutes(3);

  /**
   * What a command leaves for the next ones, made once for all tests: else the first command of
   * each home would make it, behind the test's back, and still write when the home is cleaned.
   */
  private static final Path CACHE = CHECKOUT.resolve("system-tests/target/defradb-cache");

  private static final ObjectMapper JSON = new ObjectMapper();

  final Path home;
  public final int port;
  private final List<Process> running = new ArrayList<>();

  public Newcomer(Path home) throws IOException, InterruptedException {
    this.home = home;
    this.port = FreePorts.next();
    assertThat(type("defradb --prepare").code()).isZero();
  }

  /** What a command printed. */
  record Printed(int code, String out, String err) {
    JsonNode json() throws IOException {
      return JSON.readTree(out);
    }
  }

  private ProcessBuilder shell(String script) {
    var builder = new ProcessBuilder("bash", "-c", script).directory(home.toFile());
    var environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("DEFRA_"));
    environment.put("HOME", home.toString());
    environment.put("PATH", CHECKOUT.resolve("bin") + ":" + System.getenv("PATH"));
    environment.put("DEFRADB_CACHE", CACHE.toString());
    return builder;
  }

  /** Types {@code script} and waits for its end. */
  Printed type(String script) throws IOException, InterruptedException {
    Path out = Files.createTempFile(home, "typed", ".out");
    Path err = Files.createTempFile(home, "typed", ".err");
    Process process =
        shell(script).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    if (!process.waitFor(WAIT.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly().onExit().join();
      throw new AssertionError("does not end: " + script);
    }
    return new Printed(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /** Types a command that must succeed. */
  Printed succeed(String script) throws IOException, InterruptedException {
    Printed printed = type(script);
    assertThat(printed.code()).as("%s%n%s", script, printed).isZero();
    return printed;
  }

  /** Types a command that must be refused in one sentence. */
  String refused(String script) throws IOException, InterruptedException {
    Printed printed = type(script);
    assertThat(printed.code()).as("%s%n%s", script, printed).isEqualTo(1);
    assertThat(printed.err()).as(script).doesNotContain("\tat ").contains("Error: ");
    return printed.err().substring(printed.err().indexOf("Error: "));
  }

  /** In a terminal of its own; its output goes to the file that is answered. */
  Path keepRunning(String script) throws IOException {
    Path log = Files.createTempFile(home, "terminal", ".log");
    running.add(
        shell("exec " + script).redirectErrorStream(true).redirectOutput(log.toFile()).start());
    return log;
  }

  /** Starts a node, and waits until it says that it serves. Answers its log. */
  public Path start(String script) throws IOException {
    Path log = keepRunning(script);
    awaitText(log, "Providing GraphQL endpoint at ");
    return log;
  }

  static void awaitText(Path log, String text) {
    Awaitility.await(text)
        .atMost(WAIT)
        .untilAsserted(() -> assertThat(Files.readString(log)).contains(text));
  }

  /** Ctrl-C in the newest terminal. Answers the exit code. */
  int stop() throws InterruptedException {
    Process newest = running.remove(running.size() - 1);
    newest.destroy();
    assertThat(newest.waitFor(WAIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return newest.exitValue();
  }

  /** Waits for the end of every process: one that still writes would be in the way of cleaning. */
  @Override
  public void close() {
    running.forEach(Process::destroyForcibly);
    running.forEach(process -> process.onExit().join());
  }
}

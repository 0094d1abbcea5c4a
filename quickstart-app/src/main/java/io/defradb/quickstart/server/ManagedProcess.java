package io.defradb.quickstart.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One server as a child process: its output goes to a log file, its identity to a file that a later
 * run finds if this one was killed.
 */
public final class ManagedProcess implements AutoCloseable {
  /** Asks a starting server whether it serves. */
  @FunctionalInterface
  public interface Readiness {
    boolean check() throws InterruptedException;
  }

  private static final Duration STOP_WAIT = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(25);
  private static final int LOG_LINES_SHOWN = 15;

  /**
   * A terminal's Ctrl-C reaches every process that was started from it; the servers must leave it
   * to this one, which stops them in their order.
   */
  private static final List<String> DEAF_TO_CTRL_C =
      List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");

  private final String name;
  private final Path log;
  private final Path identity;
  private final ProcessBuilder builder;
  private @Nullable Process process;

  public ManagedProcess(
      String name, Path folder, List<String> command, Map<String, String> environment) {
    this.name = name;
    this.log = folder.resolve(name + ".log");
    this.identity = folder.resolve(name + ".pid");
    List<String> words = new ArrayList<>(DEAF_TO_CTRL_C);
    words.addAll(command);
    this.builder =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
  }

  public Path log() {
    return log;
  }

  /**
   * Starts it and waits until {@code isReady}; fails with the end of its log when it ends or takes
   * too long.
   */
  public void start(Duration wait, Readiness isReady) throws InterruptedException {
    Process started;
    try {
      started = builder.start();
      process = started;
      Files.writeString(identity, ProcessIdentity.of(started.toHandle()).toText());
    } catch (IOException e) {
      throw new QuickstartFailure("The " + name + " cannot be started: " + e.getMessage(), e);
    }
    long end = System.nanoTime() + wait.toNanos();
    while (!isReady.check()) {
      if (!started.isAlive()) {
        throw new QuickstartFailure("The " + name + " ended at its start. " + tail());
      }
      if (System.nanoTime() > end) {
        throw new QuickstartFailure(
            "The " + name + " is not ready after " + wait.toSeconds() + " s. " + tail());
      }
      Thread.sleep(POLL.toMillis());
    }
  }

  public boolean isAlive() {
    Process running = process;
    return running != null && running.isAlive();
  }

  /** Throws {@code IllegalStateException} when it was not started. */
  public long pid() {
    Process running = process;
    if (running == null) {
      throw new IllegalStateException("the " + name + " was not started");
    }
    return running.pid();
  }

  /** All its threads', since its start; zero when it does not run. */
  public Duration cpuTime() {
    Process running = process;
    return running == null
        ? Duration.ZERO
        : running.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** kill -9: what a crash does. */
  public void kill() throws InterruptedException {
    Process running = process;
    if (running != null) {
      running.destroyForcibly().waitFor();
      forget();
    }
  }

  /** Asks it to stop, and after a while makes it. */
  @Override
  public void close() {
    Process running = process;
    if (running == null) {
      return;
    }
    running.destroy();
    try {
      if (!running.waitFor(STOP_WAIT.toSeconds(), TimeUnit.SECONDS)) {
        running.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      running.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    forget();
  }

  private void forget() {
    try {
      Files.deleteIfExists(identity);
    } catch (IOException e) {
      throw new QuickstartFailure("The file " + identity + " cannot be removed", e);
    }
  }

  private String tail() {
    try {
      List<String> lines = Files.readAllLines(log);
      List<String> last = lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size());
      return "Its log, " + log + ", ends with:\n  " + String.join("\n  ", last);
    } catch (IOException e) {
      return "Its log, " + log + ", cannot be read: " + e.getMessage();
    }
  }
}

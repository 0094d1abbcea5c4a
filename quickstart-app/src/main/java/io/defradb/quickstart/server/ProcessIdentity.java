package io.defradb.quickstart.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** A process by number and start time, so that a reused number is never mistaken for it. */
public record ProcessIdentity(long pid, String startedAt) {

  public static ProcessIdentity of(ProcessHandle handle) {
    return new ProcessIdentity(
        handle.pid(), handle.info().startInstant().map(Instant::toString).orElse(""));
  }

  public String toText() {
    return pid + " " + startedAt + "\n";
  }

  /** Stops what an earlier run that was killed left behind in {@code folder}. */
  public static void stopLeftovers(Path folder) throws InterruptedException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".pid")).toList()) {
        stop(Files.readString(file).strip().split(" ", 2));
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new QuickstartFailure("The folder " + folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static void stop(String[] parts) throws InterruptedException {
    if (parts.length != 2 || parts[1].isEmpty()) {
      return;
    }
    var identity = new ProcessIdentity(Long.parseLong(parts[0]), parts[1]);
    Optional<ProcessHandle> left =
        ProcessHandle.of(identity.pid).filter(handle -> of(handle).equals(identity));
    if (left.isPresent() && left.get().destroyForcibly()) {
      left.get()
          .onExit()
          .orTimeout(Duration.ofSeconds(10).toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
          .join();
    }
  }
}

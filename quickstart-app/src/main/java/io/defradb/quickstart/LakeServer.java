package io.defradb.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.defradb.quickstart.server.ManagedProcess;
import io.defradb.quickstart.server.QuickstartFailure;
import io.defradb.quickstart.server.ServerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The lake example as processes: one that writes, and short ones that ask. */
final class LakeServer implements AutoCloseable {
  private static final Duration START_WAIT = Duration.ofSeconds(30);

  private final ServerSettings settings;
  private final ManagedProcess writer;
  private final ObjectMapper json = new ObjectMapper();

  LakeServer(ServerSettings settings) {
    this.settings = settings;
    this.writer =
        new ManagedProcess(
            "lake",
            settings.folder(),
            command(
                "write",
                "--brokers",
                settings.kafkaAddress(),
                "--dir",
                folder().toString(),
                "--seconds",
                "1"),
            Map.of());
  }

  Path folder() {
    return settings.folder().resolve("lake");
  }

  void start() throws InterruptedException {
    writer.start(START_WAIT, writer::isAlive);
  }

  /** kill -9: it goes on from its last whole file. */
  void kill() throws InterruptedException {
    writer.kill();
  }

  void requireAlive() {
    if (!writer.isAlive()) {
      throw new QuickstartFailure("The lake's writer has ended: see " + writer.log());
    }
  }

  /** The airports as the lake's SQL sees them now, by DocID. */
  Map<String, Map<String, String>> airports() throws InterruptedException {
    Map<String, Map<String, String>> rows = new HashMap<>();
    for (String line : ask("documents", "--dir", folder().toString(), "Airport")) {
      try {
        JsonNode row = json.readTree(line);
        rows.put(row.path("_docID").asText(), NodeApi.values(row));
      } catch (IOException e) {
        throw new QuickstartFailure("The lake answered what is not JSON: " + line, e);
      }
    }
    return rows;
  }

  /** The rows of one statement; nothing while the lake has no file. */
  List<String> ask(String... arguments) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command(arguments))
              .redirectError(settings.folder().resolve("lake-ask.log").toFile())
              .start();
      List<String> lines = new ArrayList<>(process.inputReader().lines().toList());
      return process.waitFor() == 0 ? lines : List.of();
    } catch (IOException e) {
      throw new QuickstartFailure("The lake cannot be asked: " + e.getMessage(), e);
    }
  }

  private List<String> command(String... arguments) {
    Path target = settings.home().resolve("streams-examples/lake/target");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(target.resolve("lake-example.jar") + ":" + target.resolve("lib") + "/*");
    command.add("io.defradb.lake.LakeCommand");
    command.addAll(List.of(arguments));
    return command;
  }

  @Override
  public void close() {
    writer.close();
  }
}

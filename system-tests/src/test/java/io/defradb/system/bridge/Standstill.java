package io.defradb.system.bridge;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/**
 * What servers that do not get on leave behind, so that nobody has to see it twice: what the worker
 * and its group say of themselves, and where every thread of every process stands. In {@code
 * target/standstill.txt}; the servers' logs are in {@code target/house*}.
 */
final class Standstill {
  private static final Path FILE = Path.of("target/standstill.txt");
  private static final long PATIENCE_SECONDS = 20;

  private final StringBuilder text = new StringBuilder();

  private interface Question {
    String ask() throws Exception;
  }

  private Standstill() {}

  /** Where it is written. */
  static Path of(House house) throws Exception {
    var standstill = new Standstill();
    standstill.tell("connectors", () -> house.connect.call("GET", "/connectors?expand=status", ""));
    standstill.tell("the worker's group", () -> group(house.settings.kafkaAddress()));
    standstill.tell("the node's feed", () -> house.node.changesInfo().toString());
    ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("java"))
        .forEach(
            process ->
                standstill.tell(
                    process.info().commandLine().orElse("") + " " + process.pid(),
                    () -> threads(process.pid())));
    return Files.writeString(FILE, standstill.text).toAbsolutePath();
  }

  private void tell(String what, Question question) {
    String answer;
    try {
      answer = question.ask();
    } catch (Exception e) {
      answer = e.toString(); // what hangs is no reason not to tell the rest
    }
    text.append("== ").append(what).append('\n').append(answer).append("\n\n");
  }

  private static String group(String brokers) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
      return admin
          .describeClassicGroups(List.of("defradb-connect"))
          .all()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .toString();
    }
  }

  private static String threads(long pid) throws Exception {
    Path jstack = Path.of(System.getProperty("java.home"), "bin", "jstack");
    Process running =
        new ProcessBuilder(
                "timeout", PATIENCE_SECONDS + "s", jstack.toString(), String.valueOf(pid))
            .redirectErrorStream(true)
            .start();
    return new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}

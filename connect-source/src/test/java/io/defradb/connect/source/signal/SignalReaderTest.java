package io.defradb.connect.source.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignalReaderTest {
  private static final String PAUSE =
      "{\"id\":\"2\",\"type\":\"pause-snapshot\",\"data\":{\"data-collections\":[\"User\"]}}\n";

  @TempDir Path folder;

  @Test
  void givenAFile_whenLinesAreAppended_thenEachSignalIsHeardOnceAndMistakesArePassedOver()
      throws Exception {
    Path file = Files.writeString(folder.resolve("signals"), PAUSE);
    try (var channel = new FileChannel(file)) {
      assertThat(channel.poll()).isEmpty();
      Files.writeString(file, "{\"type\":", StandardOpenOption.APPEND);
      assertThat(channel.poll()).isEmpty();
      Files.writeString(file, "\"unknown\"}\n" + PAUSE, StandardOpenOption.APPEND);
      List<String> lines = channel.poll();
      assertThat(lines).hasSize(2);
      assertThat(Signal.parse(lines.get(0))).isEmpty();
      assertThat(Signal.parse("no JSON")).isEmpty();
      assertThat(Signal.parse(lines.get(1)))
          .contains(new Signal("2", Signal.Type.PAUSE_SNAPSHOT, List.of("User"), ""));
      assertThat(channel.poll()).isEmpty();
    }
  }

  @Test
  void
      givenMembersOfOthersSignals_whenParsed_thenABlockingSnapshotIsOneAndAConditionIsPassedOver() {
    String signal =
        """
        {"id":"3","type":"execute-snapshot","data":{"data-collections":["User"],%s}}""";
    assertThat(Signal.parse(signal.formatted("\"type\":\"BLOCKING\"")))
        .contains(new Signal("3", Signal.Type.EXECUTE_SNAPSHOT, List.of("User"), ""));
    assertThat(Signal.parse(signal.formatted("\"additional-conditions\":[]"))).isPresent();
    assertThat(Signal.parse(signal.formatted("\"additional-conditions\":[{\"filter\":\"n=1\"}]")))
        .isEmpty();
    assertThat(Signal.parse(signal.formatted("\"additional-condition\":\"n=1\""))).isEmpty();
  }

  @Test
  void givenJmx_whenASignalIsCalled_thenItIsHeard() throws Exception {
    var settings =
        new SignalSettings(
            Set.of("jmx"), "p", "", "", Map.of(), folder.resolve("none"), Duration.ofMillis(10));
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    var name = new ObjectName("io.defradb:type=signal,server=\"p\",reader=\"test\"");
    try (var reader = new SignalReader(settings, "test")) {
      await().until(() -> server.isRegistered(name));
      String[] types = new String[] {"java.lang.String", "java.lang.String", "java.lang.String"};
      server.invoke(name, "signal", new Object[] {"1", "execute-snapshot", null}, types);
      List<Signal> heard = new ArrayList<>();
      await()
          .until(
              () -> {
                heard.addAll(reader.take());
                return !heard.isEmpty();
              });
      assertThat(heard)
          .containsExactly(new Signal("1", Signal.Type.EXECUTE_SNAPSHOT, List.of(), ""));
    }
    await().until(() -> !server.isRegistered(name));
  }
}

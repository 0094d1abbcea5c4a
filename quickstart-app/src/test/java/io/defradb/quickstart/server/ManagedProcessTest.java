package io.defradb.quickstart.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ManagedProcessTest {
  private static final Duration WAIT = Duration.ofMinutes(1);

  @TempDir Path folder;

  private ManagedProcess shell(String script) {
    return new ManagedProcess("server", folder, List.of("sh", "-c", script), Map.of());
  }

  /** A Ctrl-C of the terminal reaches the whole group: the order of the end would be lost. */
  @Test
  void givenAServer_whenTheTerminalSaysCtrlC_thenItLivesOnUntilItIsStopped() throws Exception {
    try (var server = shell("kill -INT $$; kill -HUP $$; echo alive; exec sleep 600")) {
      server.start(WAIT, () -> text(server.log()).contains("alive"));
      assertThat(server.isAlive()).isTrue();
      assertThat(folder.resolve("server.pid")).exists();

      server.close();

      assertThat(server.isAlive()).isFalse();
      assertThat(folder.resolve("server.pid")).doesNotExist();
    }
  }

  @Test
  void givenAServerThatEndsAtItsStart_whenStarted_thenTheSentenceHoldsTheEndOfItsLog() {
    try (var server = shell("echo no space left; exit 3")) {
      assertThatThrownBy(() -> server.start(WAIT, () -> false))
          .isInstanceOf(QuickstartFailure.class)
          .hasMessageContaining("The server ended at its start")
          .hasMessageContaining("no space left");
    }
  }

  @Test
  void givenALeftoverOfAKilledRun_whenTheNextBegins_thenItIsStopped() throws Exception {
    var left = shell("exec sleep 600");
    left.start(WAIT, () -> true);

    ProcessIdentity.stopLeftovers(folder);

    await().until(() -> !left.isAlive());
    assertThat(folder.resolve("server.pid")).doesNotExist();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

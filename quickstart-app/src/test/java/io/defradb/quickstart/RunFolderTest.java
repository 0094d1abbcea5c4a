package io.defradb.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.quickstart.server.QuickstartFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  @TempDir Path parent;

  @Test
  void givenARunInAFolder_whenASecondWantsIt_thenItIsToldAndNothingIsTouched() throws Exception {
    Path path = parent.resolve("run");
    try (var first = RunFolder.take(path)) {
      Files.writeString(path.resolve("node.pid"), "1 now");

      assertThatThrownBy(() -> RunFolder.take(path))
          .isInstanceOf(QuickstartFailure.class)
          .hasMessageContaining("Another quickstart runs in " + path);
      assertThat(path.resolve("node.pid")).exists();
    }
    try (var next = RunFolder.take(path)) {
      next.empty();
      assertThat(path.resolve("node.pid")).doesNotExist();
    }
  }

  @Test
  void givenARunInAFolder_whenAnotherProcessWantsIt_thenItIsTold() throws Exception {
    Path path = parent.resolve("run");
    try (var first = RunFolder.take(path)) {
      assertThat(takeInAnotherProcess(path)).isEqualTo(1);
    }
    assertThat(takeInAnotherProcess(path)).isZero();
  }

  private static int takeInAnotherProcess(Path path) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Taker.class.getName(),
            path.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /** A process that takes the folder and leaves at once. */
  static final class Taker {
    public static void main(String[] arguments) {
      RunFolder.take(Path.of(arguments[0])).close();
    }
  }

  @Test
  void givenAFolderOfOtherThings_whenTaken_thenNothingIsRemoved() throws Exception {
    Files.writeString(parent.resolve("letter.txt"), "dear");

    assertThatThrownBy(() -> RunFolder.take(parent))
        .isInstanceOf(QuickstartFailure.class)
        .hasMessageContaining("holds other things");
    assertThat(parent.resolve("letter.txt")).hasContent("dear");
  }
}

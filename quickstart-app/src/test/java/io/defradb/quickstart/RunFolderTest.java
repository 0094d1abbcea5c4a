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
  void givenAFolderOfOtherThings_whenTaken_thenNothingIsRemoved() throws Exception {
    Files.writeString(parent.resolve("letter.txt"), "dear");

    assertThatThrownBy(() -> RunFolder.take(parent))
        .isInstanceOf(QuickstartFailure.class)
        .hasMessageContaining("holds other things");
    assertThat(parent.resolve("letter.txt")).hasContent("dear");
  }
}

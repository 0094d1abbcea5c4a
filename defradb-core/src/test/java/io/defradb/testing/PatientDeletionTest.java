package io.defradb.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatientDeletionTest {
  private static final int FILES_MAX = 5_000;

  /** JUnit cleans as soon as the test is over: into folders that go on filling. */
  @Test
  void givenSomebodyWhoStillWrites_whenTheTestIsOver_thenItsFolderGoesAndTheTestPasses(
      @TempDir Path folder) {
    var written = new AtomicInteger();
    new Thread(
            () -> {
              for (int i = 0; i < FILES_MAX && Files.isDirectory(folder); i++) {
                try {
                  Path inner = folder.resolve("inner" + i % 50);
                  if (!Files.isDirectory(inner)) {
                    Files.createDirectory(inner);
                  }
                  Files.writeString(inner.resolve("file" + i), "x");
                  written.incrementAndGet();
                } catch (IOException e) {
                  // deleted in the middle of it: the next one may do better
                }
              }
            })
        .start();
    await().until(() -> written.get() > 500);
  }
}

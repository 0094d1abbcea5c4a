package io.defradb.testing;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirDeletionStrategy;

/**
 * Deletes the folder of a {@code @TempDir}, again where somebody still writes into it: a process
 * that was just stopped and a thread that ends late make a file while the folder is being emptied,
 * and it then cannot be removed. One that never ends still fails the test.
 */
public final class PatientDeletion implements TempDirDeletionStrategy {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Override
  public DeletionResult delete(
      Path folder, AnnotatedElementContext element, ExtensionContext context) {
    try {
      return await()
          .atMost(PATIENCE)
          .until(
              () -> Standard.INSTANCE.delete(folder, element, context),
              DeletionResult::isSuccessful);
    } catch (ConditionTimeoutException e) {
      return DeletionResult.builder(folder).addFailure(folder, e).build();
    }
  }
}

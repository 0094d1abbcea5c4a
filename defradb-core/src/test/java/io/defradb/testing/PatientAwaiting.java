package io.defradb.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * How long {@code await()} waits where a test says nothing: its ten seconds are too few for a
 * machine that is busy with something else. What is awaited ends the wait, so only a failure takes
 * that long.
 */
public final class PatientAwaiting implements BeforeAllCallback {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Override
  public void beforeAll(ExtensionContext context) {
    Awaitility.setDefaultTimeout(PATIENCE);
  }
}

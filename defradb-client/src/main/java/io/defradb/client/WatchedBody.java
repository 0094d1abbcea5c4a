package io.defradb.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A body that is closed when a read has waited too long: a node that hangs sends no more, and ends
 * nothing. For one reader.
 */
final class WatchedBody extends FilterInputStream {
  private static final long NOBODY_WAITS = 0;

  private final Duration patience;
  private final Executor later;
  private volatile long waitingSince = NOBODY_WAITS;
  private volatile boolean isClosed;

  WatchedBody(InputStream body, Duration patience) {
    super(body);
    this.patience = patience;
    this.later =
        CompletableFuture.delayedExecutor(
            Math.max(1, patience.toMillis() / 2), java.util.concurrent.TimeUnit.MILLISECONDS);
    later.execute(this::look);
  }

  private void look() {
    long since = waitingSince;
    if (isClosed) {
      return;
    }
    if (since != NOBODY_WAITS && System.nanoTime() - since > patience.toNanos()) {
      try {
        close();
      } catch (IOException e) {
        return; // the reader is told either way
      }
    } else {
      later.execute(this::look);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    waitingSince = System.nanoTime() | 1;
    try {
      return super.read(bytes, offset, length);
    } finally {
      waitingSince = NOBODY_WAITS;
    }
  }

  @Override
  public void close() throws IOException {
    isClosed = true;
    super.close();
  }
}

package io.defradb.libp2p.testing;

import io.defradb.error.DefraException;
import io.defradb.libp2p.host.StreamReader;
import io.defradb.multiformats.Bytes;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** Keeps what a stream brings. Safe to look at from any thread. */
public final class Received implements StreamReader {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private volatile boolean hasEnded;
  private volatile @Nullable DefraException failure;

  @Override
  public synchronized void data(Bytes more) {
    bytes.writeBytes(more.unsafeArray());
  }

  @Override
  public void end() {
    hasEnded = true;
  }

  @Override
  public void failed(DefraException cause) {
    failure = cause;
  }

  public synchronized Bytes bytes() {
    return Bytes.wrap(bytes.toByteArray());
  }

  public synchronized int count() {
    return bytes.size();
  }

  public boolean hasEnded() {
    return hasEnded;
  }

  public @Nullable DefraException failure() {
    return failure;
  }
}

package io.defradb.libp2p.security.noise;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Arrays of a message's size that are used again, so that an idle connection holds none. Each is
 * longer than the longest message with its length. Safe for use by many threads.
 */
final class NoiseBuffers {
  private static final int BUFFER_BYTES = NoisePipe.LENGTH_BYTES + NoisePipe.MESSAGE_BYTES_MAX;
  private static final int KEPT_MAX = 32;

  private final Queue<byte[]> free = new ArrayDeque<>();

  byte[] plain() {
    return take();
  }

  byte[] sealed() {
    return take();
  }

  private synchronized byte[] take() {
    byte[] buffer = free.poll();
    return buffer == null ? new byte[BUFFER_BYTES] : buffer;
  }

  synchronized void release(byte[] buffer) {
    if (free.size() < KEPT_MAX) {
      free.add(buffer);
    }
  }
}

package io.defradb.libp2p.transport;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The reading half of a pipe: gives bytes to the reader of the moment and keeps what it leaves, or
 * what comes while there is none, at most {@value #KEPT_BYTES_MAX} bytes. On the pipe's loop.
 */
public final class PipeInput {
  static final int KEPT_BYTES_MAX = 256 * 1024;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private ByteBuffer kept = NOTHING;
  private @Nullable PipeReader reader;
  private @Nullable DefraException end;
  private boolean isDelivering;
  private boolean hasEnded;

  /** See {@link Pipe#read}. A pipe that has ended already tells the new reader, too. */
  public void read(PipeReader next) {
    reader = next;
    if (end != null) {
      next.closed(end);
    } else if (!isDelivering) {
      offer(NOTHING);
    }
  }

  /**
   * New bytes. What the reader throws goes through: the pipe ends itself then. Throws {@code
   * PEER_FAULT} when too much is left.
   */
  public void offer(ByteBuffer bytes) {
    if (hasEnded) {
      return;
    }
    ByteBuffer current = kept.hasRemaining() ? joined(kept, bytes) : bytes;
    kept = NOTHING;
    isDelivering = true;
    try {
      PipeReader served = null;
      while (current.hasRemaining() && reader != null && reader != served && !hasEnded) {
        served = reader;
        served.data(current);
      }
    } finally {
      isDelivering = false;
    }
    if (current.hasRemaining() && !hasEnded) {
      keep(current);
    }
  }

  /** Nothing more comes. */
  public void end(DefraException cause) {
    if (hasEnded) {
      return;
    }
    end = cause;
    hasEnded = true;
    kept = NOTHING;
    if (reader != null) {
      reader.closed(cause);
    }
  }

  /** Nothing more is given to anybody. */
  public void close() {
    hasEnded = true;
    kept = NOTHING;
  }

  public void writable() {
    if (reader != null && !hasEnded) {
      reader.writable();
    }
  }

  private void keep(ByteBuffer left) {
    if (left.remaining() > KEPT_BYTES_MAX) {
      throw new DefraException(ErrorCode.PEER_FAULT, "too many bytes before they can be read");
    }
    // Room for as much again, so that a frame in many pieces is not copied at each.
    kept = ByteBuffer.allocate(Math.max(512, 2 * left.remaining()));
    kept.put(left).flip();
  }

  private static ByteBuffer joined(ByteBuffer kept, ByteBuffer bytes) {
    if (!bytes.hasRemaining()) {
      return kept;
    }
    int needed = kept.remaining() + bytes.remaining();
    ByteBuffer room = kept;
    if (kept.capacity() - kept.position() < needed) {
      room = ByteBuffer.allocate(2 * needed);
      room.put(kept).flip();
    }
    int from = room.position();
    room.position(room.limit()).limit(room.capacity());
    room.put(bytes).flip();
    room.position(from);
    return room;
  }
}

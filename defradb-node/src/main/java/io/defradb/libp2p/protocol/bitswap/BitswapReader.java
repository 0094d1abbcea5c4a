package io.defradb.libp2p.protocol.bitswap;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.host.MessageReader;
import io.defradb.libp2p.host.Stream;
import io.defradb.multiformats.Bytes;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads messages on the loop of the connection, where their blocks are hashed too. Stops reading
 * while the host's loop is behind.
 */
final class BitswapReader extends MessageReader {
  private static final int WAITING_MAX = 16;

  private final Stream stream;
  private final Receiver receiver;
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile boolean isPaused;

  /** Takes messages and the end of the stream, on the loop of the connection. */
  interface Receiver {
    /** {@code done} is to be run, on any thread, when the message is handled. */
    void received(Stream stream, BitswapMessage message, Runnable done);

    void ended(Stream stream, DefraException reason);
  }

  BitswapReader(Stream stream, Receiver receiver) {
    super(stream, BitswapMessage.BYTES_MAX);
    this.stream = stream;
    this.receiver = receiver;
  }

  @Override
  protected void message(Bytes message) {
    BitswapMessage decoded = BitswapMessage.decode(message);
    if (waiting.incrementAndGet() >= WAITING_MAX) {
      isPaused = true;
      stream.pause();
    }
    receiver.received(stream, decoded, this::handled);
    resumeWhenFew();
  }

  private void handled() {
    waiting.decrementAndGet();
    if (isPaused) {
      stream.execute(this::resumeWhenFew);
    }
  }

  private void resumeWhenFew() {
    if (isPaused && waiting.get() < WAITING_MAX / 2) {
      isPaused = false;
      stream.resume();
    }
  }

  @Override
  public void end() {
    stream.closeWrite();
    receiver.ended(stream, new DefraException(ErrorCode.PEER_CLOSED, "the peer ended the stream"));
  }

  @Override
  public void failed(DefraException failure) {
    receiver.ended(stream, failure);
  }
}

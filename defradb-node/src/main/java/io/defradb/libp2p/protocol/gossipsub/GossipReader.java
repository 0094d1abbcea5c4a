package io.defradb.libp2p.protocol.gossipsub;

import io.defradb.error.DefraException;
import io.defradb.libp2p.host.MessageReader;
import io.defradb.libp2p.host.Stream;
import io.defradb.multiformats.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Reads what a peer says, on its connection's loop: so that many peers' signatures are verified at
 * once, and only those of messages that are new. Stops reading while the host's loop is behind.
 */
final class GossipReader extends MessageReader {
  private static final int WAITING_MAX = 32;

  private final Stream stream;
  private final Predicate<SignedMessage> filter;
  private final Receiver receiver;
  private final GossipStats stats;
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile boolean isPaused;

  /** Takes frames whose messages are all genuine; {@code done} is to be run when it is handled. */
  interface Receiver {
    void received(Stream stream, Rpc rpc, Runnable done);
  }

  /** {@code filter}: which messages are worth verifying. */
  GossipReader(
      Stream stream, Predicate<SignedMessage> filter, Receiver receiver, GossipStats stats) {
    super(stream, Rpc.BYTES_MAX);
    this.stream = stream;
    this.filter = filter;
    this.receiver = receiver;
    this.stats = stats;
  }

  @Override
  protected void message(Bytes frame) {
    if (frame.isEmpty()) {
      return;
    }
    Rpc rpc = Rpc.decode(frame);
    List<SignedMessage> genuine = new ArrayList<>();
    for (SignedMessage message : rpc.messages()) {
      boolean isWanted = filter.test(message);
      if (isWanted && message.isGenuine()) {
        genuine.add(message);
      } else if (isWanted) {
        stats.forged.increment();
      }
    }
    if (waiting.incrementAndGet() >= WAITING_MAX) {
      isPaused = true;
      stream.pause();
    }
    receiver.received(stream, new Rpc(rpc.subscriptions(), genuine, rpc.control()), this::handled);
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
  }

  @Override
  public void failed(DefraException failure) {
    // the peer, or its connection, is gone; the listener of connections hears of it
  }
}

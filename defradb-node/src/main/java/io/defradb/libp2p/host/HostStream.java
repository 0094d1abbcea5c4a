package io.defradb.libp2p.host;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.multistream.Negotiation;
import io.defradb.libp2p.multistream.Proposal;
import io.defradb.libp2p.muxer.MuxedStream;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Bytes;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream of the muxer with its protocol negotiated in front. Of a lazily opened stream the
 * opening lines go out with the first write, or when nothing is written before the first read or
 * the end; the answer is read when it comes. On the loop of its connection, but for the calls of
 * {@link Stream}.
 */
final class HostStream implements Stream, MuxedStream.Reader {
  private static final Logger LOG = LoggerFactory.getLogger("net");

  private final HostConnection connection;
  private final MuxedStream muxed;
  private final Negotiation negotiation;
  private final CompletableFuture<HostStream> agreed = new CompletableFuture<>();
  private @Nullable Bytes opening;
  private boolean isNegotiating = true;

  /** Lines that are not whole; then what came behind the negotiation, for the reader. */
  private Bytes early = Bytes.EMPTY;

  private volatile String protocol = "";
  private @Nullable StreamReader reader;
  private boolean isPaused;
  private @Nullable DefraException failure;
  private boolean isDone;

  HostStream(HostConnection connection, MuxedStream muxed, Negotiation negotiation) {
    this.connection = connection;
    this.muxed = muxed;
    this.negotiation = negotiation;
  }

  /** Starts to agree; completes with this stream. */
  CompletionStage<HostStream> negotiate() {
    if (negotiation instanceof Proposal proposal) {
      opening = proposal.opening();
      sendOpening();
    }
    muxed.read(this);
    return agreed;
  }

  /** Takes the agreement for granted: the peer told that it speaks {@code known}. */
  HostStream openLazily(String known) {
    protocol = known;
    opening = ((Proposal) negotiation).opening();
    muxed.read(this);
    return this;
  }

  private void sendOpening() {
    if (opening != null) {
      Bytes lines = opening;
      opening = null;
      muxed.write(lines, new CompletableFuture<>());
    }
  }

  @Override
  public String protocol() {
    return protocol;
  }

  @Override
  public PeerId remotePeer() {
    return connection.remotePeer();
  }

  @Override
  public Connection connection() {
    return connection;
  }

  @Override
  public CompletionStage<Void> write(Bytes bytes) {
    var taken = new CompletableFuture<Void>();
    connection
        .loop()
        .run(
            () -> {
              sendOpening();
              muxed.write(bytes, taken);
            });
    return taken;
  }

  @Override
  public void closeWrite() {
    connection
        .loop()
        .run(
            () -> {
              sendOpening();
              muxed.closeWrite();
            });
  }

  @Override
  public void reset() {
    connection
        .loop()
        .run(
            () -> {
              isDone = true;
              muxed.reset();
              early = Bytes.EMPTY;
              agreed.completeExceptionally(
                  new DefraException(ErrorCode.STREAM_RESET, "the stream was reset"));
            });
  }

  @Override
  public void read(StreamReader taker) {
    connection.loop().run(() -> readInside(taker));
  }

  private void readInside(StreamReader taker) {
    if (reader != null) {
      throw new IllegalStateException("the stream has a reader");
    }
    reader = taker;
    sendOpening();
    DefraException known = failure;
    if (known != null) {
      finish(() -> taker.failed(known));
    } else {
      flow();
    }
  }

  @Override
  public void pause() {
    connection.loop().run(() -> pauseInside(true));
  }

  @Override
  public void resume() {
    connection.loop().run(() -> pauseInside(false));
  }

  @Override
  public void hold(int bytes) {
    muxed.hold(bytes);
  }

  @Override
  public void widen(int bytes) {
    connection.loop().run(() -> muxed.widen(bytes));
  }

  private void pauseInside(boolean pauses) {
    isPaused = pauses;
    flow();
  }

  /** Lets the muxer bring data exactly while somebody takes them. */
  private void flow() {
    if (isNegotiating) {
      return;
    }
    if (reader != null && !isPaused && !early.isEmpty()) {
      Bytes waiting = early;
      early = Bytes.EMPTY;
      give(reader, waiting);
    }
    if (reader == null || isPaused) {
      muxed.pause();
    } else if (!isDone) {
      muxed.resume();
    }
  }

  @Override
  public void execute(Runnable task) {
    connection.loop().execute(task);
  }

  // What the muxer brings.

  @Override
  public void data(Bytes bytes) {
    if (isNegotiating) {
      lines(bytes);
    } else if (reader != null) {
      give(reader, bytes);
    } else {
      early = joined(early, bytes);
    }
  }

  private void lines(Bytes bytes) {
    ByteBuffer in = ByteBuffer.wrap(joined(early, bytes).unsafeArray());
    try {
      negotiation.feed(in, lines -> muxed.write(lines, new CompletableFuture<>()));
    } catch (DefraException fault) {
      muxed.reset();
      failed(fault);
      return;
    }
    byte[] left = new byte[in.remaining()];
    in.get(left);
    early = Bytes.wrap(left);
    String chosen = negotiation.agreed();
    if (chosen != null) {
      isNegotiating = false;
      protocol = chosen;
      agreed.complete(this); // may set the reader
      flow();
    }
  }

  private static Bytes joined(Bytes first, Bytes second) {
    if (first.isEmpty()) {
      return second;
    }
    byte[] both = new byte[first.length() + second.length()];
    System.arraycopy(first.unsafeArray(), 0, both, 0, first.length());
    System.arraycopy(second.unsafeArray(), 0, both, first.length(), second.length());
    return Bytes.wrap(both);
  }

  private void give(StreamReader taker, Bytes bytes) {
    if (isDone) {
      return;
    }
    try {
      taker.data(bytes);
    } catch (RuntimeException fault) {
      refuse(fault);
    }
  }

  private void refuse(RuntimeException fault) {
    if (fault instanceof DefraException ours) {
      LOG.atDebug()
          .addKeyValue("Peer", remotePeer())
          .addKeyValue("Protocol", protocol)
          .addKeyValue("Error", ours.getMessage())
          .log("Reset a stream");
    } else {
      LOG.atError()
          .addKeyValue("Peer", remotePeer())
          .addKeyValue("Protocol", protocol)
          .setCause(fault)
          .log("A protocol failed");
    }
    isDone = true;
    muxed.reset();
  }

  @Override
  public void end() {
    if (isNegotiating) {
      muxed.reset();
      failed(new DefraException(ErrorCode.STREAM_RESET, "the peer closed before it agreed"));
    } else if (reader != null) {
      StreamReader taker = reader;
      finish(taker::end);
    }
  }

  @Override
  public void failed(DefraException cause) {
    failure = cause;
    agreed.completeExceptionally(cause);
    if (reader != null) {
      StreamReader taker = reader;
      finish(() -> taker.failed(cause));
    }
  }

  private void finish(Runnable last) {
    if (isDone) {
      return;
    }
    isDone = true;
    try {
      last.run();
    } catch (RuntimeException fault) {
      refuse(fault);
    }
  }

  /** Serves the stream of a peer. */
  void serve(StreamHandler handler) {
    try {
      handler.opened(this);
    } catch (RuntimeException fault) {
      refuse(fault);
    }
  }

  @Override
  public String toString() {
    return protocol + " with " + remotePeer();
  }
}

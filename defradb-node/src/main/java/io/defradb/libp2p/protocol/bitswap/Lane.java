package io.defradb.libp2p.protocol.bitswap;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.host.MessageReader;
import io.defradb.libp2p.host.Stream;
import io.defradb.libp2p.transport.EventLoop;
import io.defradb.multiformats.Bytes;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A stream to a peer, opened when there is something to say; one message is under way at a time.
 * Lives on the host's loop. A peer has two: wants do not wait behind blocks.
 */
final class Lane {
  private final EventLoop loop;
  private final Supplier<CompletionStage<Stream>> opener;
  private final Talk talk;
  private @Nullable Stream stream;
  private boolean isOpening;
  private boolean isWriting;
  private boolean isClosed;

  /** What is said on the lane. */
  interface Talk {
    /** The next message; {@code null} when there is nothing to say. */
    @Nullable BitswapMessage next();

    /** The peer reads the stream now; it is to be read too. */
    void opened(Stream stream);

    /** The stream could not be opened, or is gone, and with it what may not have been read. */
    void lost(DefraException failure);
  }

  Lane(EventLoop loop, Supplier<CompletionStage<Stream>> opener, Talk talk) {
    this.loop = loop;
    this.opener = opener;
    this.talk = talk;
  }

  /** Says what there is to say. */
  void flush() {
    Stream open = stream;
    if (isClosed || isOpening || isWriting) {
      return;
    }
    if (open != null) {
      write(open);
    } else {
      isOpening = true;
      opener.get().whenComplete((opened, failure) -> loop.run(() -> opened(opened, failure)));
    }
  }

  void close() {
    isClosed = true;
    if (stream != null) {
      stream.reset();
    }
    stream = null;
  }

  /** The peer ended the stream, or it broke. */
  void lost(Stream lost, DefraException failure) {
    if (stream == lost) {
      lost.reset();
      stream = null;
      isWriting = false;
      talk.lost(failure);
    }
  }

  private void opened(@Nullable Stream opened, @Nullable Throwable failure) {
    isOpening = false;
    if (opened == null) {
      talk.lost(asDefraException(failure));
    } else if (isClosed) {
      opened.reset();
    } else {
      stream = opened;
      talk.opened(opened);
      write(opened);
    }
  }

  private void write(Stream open) {
    BitswapMessage message = talk.next();
    if (message != null) {
      isWriting = true;
      Bytes bytes = message.encode(BitswapVersion.of(open.protocol()));
      open.write(MessageReader.frame(bytes))
          .whenComplete((done, failure) -> loop.run(() -> written(open, failure)));
    }
  }

  private void written(Stream open, @Nullable Throwable failure) {
    if (failure != null) {
      lost(open, asDefraException(failure));
    } else if (stream == open) {
      isWriting = false;
      write(open);
    }
  }

  private static DefraException asDefraException(@Nullable Throwable failure) {
    Throwable cause = failure == null || failure.getCause() == null ? failure : failure.getCause();
    return cause instanceof DefraException known
        ? known
        : new DefraException(ErrorCode.PEER_UNREACHABLE, "no stream to the peer", cause);
  }
}

package io.defradb.libp2p.muxer.yamux;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.muxer.MuxedStream;
import io.defradb.libp2p.muxer.yamux.YamuxFrame.FrameType;
import io.defradb.multiformats.Bytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a session. Sending: writes wait in a queue for the peer's window. Receiving: the
 * window that we gave shrinks with every byte and is filled up when half of it was read; it doubles
 * while the reader is done with it within a few round trips. On the session's loop.
 */
final class YamuxStream implements MuxedStream {
  private static final int FAST_ROUND_TRIPS = 4;
  private static final long WINDOW_MAX = 0xffffffffL;

  /** Bytes to be sent, from {@code sent} on. */
  private static final class Write {
    private final Bytes bytes;
    private final CompletableFuture<Void> taken;
    private int sent;

    Write(Bytes bytes, CompletableFuture<Void> taken) {
      this.bytes = bytes;
      this.taken = taken;
    }
  }

  private final YamuxSession session;
  private final int id;
  private final boolean isOutbound;

  private final Deque<Write> writes = new ArrayDeque<>();
  private int queuedBytes;
  private long sendWindow = YamuxSettings.INITIAL_WINDOW_BYTES;
  private boolean isAcknowledged;
  private boolean isQueued;
  private boolean isWriteClosed;
  private boolean hasSentEnd;

  private final Deque<byte[]> received = new ArrayDeque<>();
  private int bufferedBytes;
  private int heldBytes;
  private int windowBytes = YamuxSettings.INITIAL_WINDOW_BYTES;
  private long receiveWindow = YamuxSettings.INITIAL_WINDOW_BYTES;
  private long grantedNanos;
  private @Nullable Reader reader;
  private boolean isPaused;
  private boolean isDelivering;
  private boolean hasRemoteEnded;
  private boolean isReaderDone;

  private @Nullable DefraException failure;

  YamuxStream(YamuxSession session, int id, boolean isOutbound) {
    this.session = session;
    this.id = id;
    this.isOutbound = isOutbound;
    this.grantedNanos = session.loop().nanoTime();
  }

  int id() {
    return id;
  }

  /** Whether what still comes for it is dropped. */
  boolean isGone() {
    return failure != null;
  }

  void acknowledged() {
    if (isOutbound && !isAcknowledged) {
      isAcknowledged = true;
      session.answered();
    }
  }

  // Sending.

  @Override
  public void write(Bytes bytes, CompletableFuture<Void> taken) {
    if (failure != null) {
      taken.completeExceptionally(failure);
    } else if (isWriteClosed) {
      taken.completeExceptionally(
          new DefraException(ErrorCode.STREAM_RESET, "the stream is closed for writing"));
    } else if (queuedBytes > session.settings().queuedBytesMax()) {
      taken.completeExceptionally(
          new DefraException(
              ErrorCode.BUSY, "too many bytes wait for the peer", "Bytes", queuedBytes));
    } else if (!session.queue(bytes.length())) {
      session.unqueue(bytes.length());
      taken.completeExceptionally(
          new DefraException(ErrorCode.BUSY, "too many bytes wait for all peers together"));
    } else {
      writes.add(new Write(bytes, taken));
      queuedBytes += bytes.length();
      queue();
    }
  }

  @Override
  public void closeWrite() {
    if (!isWriteClosed) {
      isWriteClosed = true;
      queue();
    }
  }

  void grant(long credit) {
    sendWindow += credit;
    if (sendWindow > WINDOW_MAX) {
      throw new DefraException(ErrorCode.PEER_FAULT, "yamux window overflow", "Stream", id);
    }
    queue();
  }

  private void queue() {
    boolean canSend = writes.isEmpty() ? isWriteClosed && !hasSentEnd : sendWindow > 0;
    if (canSend && !isQueued && failure == null) {
      isQueued = true;
      session.enqueue(this);
    }
  }

  /** Sends one frame; whether there is another one to send. */
  boolean sendFrame() {
    isQueued = false;
    if (failure != null) {
      return false;
    }
    List<CompletableFuture<Void>> taken = List.of();
    if (!writes.isEmpty() && sendWindow > 0) {
      taken = sendData();
    }
    if (writes.isEmpty() && isWriteClosed && !hasSentEnd) {
      hasSentEnd = true;
      head(FrameType.WINDOW_UPDATE, YamuxFrame.FIN, 0);
      removeWhenDone();
    }
    for (CompletableFuture<Void> future : taken) {
      future.complete(null); // may write again
    }
    boolean hasMore = !writes.isEmpty() && sendWindow > 0 && !isQueued && failure == null;
    isQueued |= hasMore;
    return hasMore;
  }

  /** As much as fits of what is queued, in one frame; answers the writes that are done with. */
  private List<CompletableFuture<Void>> sendData() {
    int room = (int) Math.min(sendWindow, YamuxSession.PAYLOAD_BYTES_MAX);
    int payload = Math.min(room, queuedBytes);
    if (payload > 0) {
      head(FrameType.DATA, 0, payload);
    }
    List<CompletableFuture<Void>> taken = new ArrayList<>();
    int left = payload;
    while (!writes.isEmpty()) {
      Write write = writes.peek();
      int count = Math.min(left, write.bytes.length() - write.sent);
      session.write(write.bytes.unsafeArray(), write.sent, count);
      write.sent += count;
      left -= count;
      if (write.sent < write.bytes.length()) {
        break;
      }
      taken.add(writes.remove().taken);
    }
    queuedBytes -= payload;
    session.unqueue(payload);
    sendWindow -= payload;
    return taken;
  }

  private void head(FrameType type, int flags, int length) {
    session.write(new YamuxFrame(type, flags, id, length).toBytes(), 0, YamuxFrame.HEAD_BYTES);
  }

  // Receiving.

  /** A data frame of {@code length} bytes begins. */
  void charge(long length) {
    if (length > receiveWindow || (hasRemoteEnded && length > 0)) {
      throw new DefraException(
          ErrorCode.PEER_FAULT, "yamux window exceeded", "Stream", id, "Bytes", length);
    }
    receiveWindow -= length;
  }

  void receive(byte[] piece) {
    received.add(piece);
    bufferedBytes += piece.length;
    if (!session.buffer(piece.length)) {
      fail(new DefraException(ErrorCode.BUSY, "too many bytes of the connection are unread"));
      sendReset();
      return;
    }
    deliver();
  }

  void remoteEnd() {
    hasRemoteEnded = true;
    deliver();
    removeWhenDone();
  }

  @Override
  public void read(Reader next) {
    reader = next;
    if (failure != null) {
      isReaderDone = true;
      next.failed(failure);
    } else {
      deliver();
    }
  }

  @Override
  public void pause() {
    isPaused = true;
  }

  @Override
  public void hold(int bytes) {
    if (failure != null || isReaderDone) {
      return;
    }
    boolean isMore = bytes > heldBytes;
    session.unbuffer(heldBytes);
    heldBytes = bytes;
    if (!session.buffer(bytes) && isMore) {
      throw new DefraException(ErrorCode.BUSY, "too many bytes of unfinished messages");
    }
  }

  @Override
  public void widen(int bytes) {
    int wider = Math.min(bytes, session.settings().windowBytesMax());
    if (failure == null && !hasRemoteEnded && wider > windowBytes) {
      long credit = (long) wider - windowBytes;
      windowBytes = wider;
      receiveWindow += credit;
      session.control(new YamuxFrame(FrameType.WINDOW_UPDATE, 0, id, credit));
    }
  }

  private void release() {
    session.unbuffer(heldBytes);
    heldBytes = 0;
  }

  @Override
  public void resume() {
    isPaused = false;
    deliver();
  }

  private void deliver() {
    if (reader == null || isDelivering) {
      return;
    }
    isDelivering = true;
    try {
      while (!isPaused && failure == null && !received.isEmpty()) {
        byte[] piece = received.remove();
        bufferedBytes -= piece.length;
        session.unbuffer(piece.length);
        reader.data(Bytes.wrap(piece));
        refill();
      }
    } finally {
      isDelivering = false;
    }
    boolean isAtEnd = hasRemoteEnded && received.isEmpty() && failure == null;
    if (isAtEnd && !isPaused && !isReaderDone) {
      isReaderDone = true;
      release();
      reader.end();
    }
  }

  /** Gives the peer window again when half of it was read. */
  private void refill() {
    long unread = receiveWindow + bufferedBytes;
    if (hasRemoteEnded || failure != null || windowBytes - unread < windowBytes / 2) {
      return;
    }
    long now = session.loop().nanoTime();
    long roundTrip = session.roundTripNanos();
    boolean isFast = roundTrip > 0 && now - grantedNanos < FAST_ROUND_TRIPS * roundTrip;
    if (isFast) {
      windowBytes = Math.min(2 * windowBytes, session.settings().windowBytesMax());
    }
    grantedNanos = now;
    long credit = windowBytes - unread;
    receiveWindow += credit;
    session.control(new YamuxFrame(FrameType.WINDOW_UPDATE, 0, id, credit));
  }

  // The end.

  @Override
  public void reset() {
    if (failure != null || (hasSentEnd && hasRemoteEnded)) {
      dropReceived();
      isReaderDone = true;
      return;
    }
    isReaderDone = true;
    fail(new DefraException(ErrorCode.STREAM_RESET, "the stream was reset"));
    sendReset();
  }

  private void sendReset() {
    session.control(new YamuxFrame(FrameType.WINDOW_UPDATE, YamuxFrame.RST, id, 0));
  }

  void remoteReset() {
    fail(new DefraException(ErrorCode.STREAM_RESET, "the peer reset the stream"));
  }

  void sessionEnded(DefraException cause) {
    fail(new DefraException(ErrorCode.PEER_CLOSED, "the connection is closed", cause));
  }

  private void fail(DefraException cause) {
    if (failure != null) {
      return;
    }
    failure = cause;
    acknowledged();
    session.remove(this, !isOutbound);
    dropReceived();
    var waiting = new ArrayList<>(writes);
    writes.clear();
    session.unqueue(queuedBytes);
    queuedBytes = 0;
    for (Write write : waiting) {
      write.taken.completeExceptionally(cause);
    }
    if (reader != null && !isReaderDone) {
      isReaderDone = true;
      reader.failed(cause);
    }
  }

  private void dropReceived() {
    received.clear();
    session.unbuffer(bufferedBytes);
    bufferedBytes = 0;
    release();
  }

  private void removeWhenDone() {
    if (hasSentEnd && hasRemoteEnded) {
      acknowledged();
      session.remove(this, !isOutbound);
    }
  }
}

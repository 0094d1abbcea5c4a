package io.defradb.libp2p.muxer.yamux;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.muxer.MuxedStream;
import io.defradb.libp2p.muxer.Muxer;
import io.defradb.libp2p.muxer.yamux.YamuxFrame.FrameType;
import io.defradb.libp2p.transport.EventLoop;
import io.defradb.libp2p.transport.Pipe;
import io.defradb.libp2p.transport.PipeReader;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A yamux session: cuts what the pipe brings into frames, and shares the pipe among the streams
 * that have something to send, a frame each in turn. Data go to a stream's reader piece by piece as
 * they come; a frame is never gathered, so its length costs no memory.
 *
 * <p>What a hostile peer can make it hold is bounded: streams and unread bytes by the settings,
 * answers that it does not read by {@link #CONTROLS_MAX}; beyond, the session ends. All on the
 * pipe's loop.
 */
final class YamuxSession implements Muxer, PipeReader {
  /** Payload of a data frame of ours, so that it is 64 KiB less the tag of a Noise message. */
  static final int PAYLOAD_BYTES_MAX = 65_519 - YamuxFrame.HEAD_BYTES;

  private static final int CONTROLS_MAX = 4096;
  private static final int NORMAL = 0;
  private static final int PROTOCOL_ERROR = 1;

  private final Pipe pipe;
  private final EventLoop loop;
  private final YamuxSettings settings;
  private final KeptForPeers kept;
  private final Muxer.Listener listener;
  private final boolean isDialer;
  private final Map<Integer, YamuxStream> streams = new LinkedHashMap<>();
  private final Queue<YamuxStream> sending = new ArrayDeque<>();
  private final Queue<byte[]> controls = new ArrayDeque<>();
  private final YamuxPings pings;

  private int nextId;
  private int inboundCount;
  private int unansweredCount;
  private int bufferedBytes;
  private int unsentBytes;
  private boolean isReading;
  private boolean isPumpQueued;
  private boolean isRemoteLeaving;
  private boolean isClosed;
  private boolean hasSettled;

  private long payloadLeft;
  private @Nullable YamuxStream payloadStream;
  private boolean isPayloadLast;

  YamuxSession(
      Pipe pipe,
      boolean isDialer,
      YamuxSettings settings,
      KeptForPeers kept,
      Muxer.Listener listener) {
    this.pipe = pipe;
    this.loop = pipe.loop();
    this.settings = settings;
    this.kept = kept;
    this.listener = listener;
    this.isDialer = isDialer;
    this.nextId = isDialer ? 1 : 2;
    this.pings = new YamuxPings(this, loop, settings);
  }

  @Override
  public void start() {
    if (!isClosed) {
      pings.start();
      pipe.read(this);
    }
  }

  YamuxSettings settings() {
    return settings;
  }

  EventLoop loop() {
    return loop;
  }

  /** Time for a frame and its answer, in nanoseconds; 0 while it is not known. */
  long roundTripNanos() {
    return pings.roundTripNanos();
  }

  @Override
  public MuxedStream open() {
    if (isClosed || isRemoteLeaving) {
      throw new DefraException(ErrorCode.PEER_CLOSED, "the connection is closing");
    }
    if (unansweredCount >= settings.unansweredStreamsMax()) {
      throw new DefraException(ErrorCode.BUSY, "too many streams that the peer did not accept");
    }
    var stream = new YamuxStream(this, nextId, true);
    nextId += 2;
    unansweredCount++;
    streams.put(stream.id(), stream);
    control(new YamuxFrame(FrameType.WINDOW_UPDATE, YamuxFrame.SYN, stream.id(), 0));
    return stream;
  }

  @Override
  public int streamCount() {
    return streams.size();
  }

  @Override
  public void close() {
    end(NORMAL, new DefraException(ErrorCode.PEER_CLOSED, "the connection was closed"));
  }

  // What the pipe brings.

  @Override
  public void data(ByteBuffer in) {
    isReading = true;
    try {
      while (!isClosed) {
        if (payloadLeft > 0) {
          if (!in.hasRemaining()) {
            break;
          }
          payload(in);
        } else if (in.remaining() >= YamuxFrame.HEAD_BYTES) {
          frame(YamuxFrame.read(in));
        } else {
          break;
        }
      }
    } catch (DefraException fault) {
      end(PROTOCOL_ERROR, fault);
    } finally {
      isReading = false;
    }
    if (isClosed) {
      in.position(in.limit());
    } else {
      pump();
    }
  }

  private void payload(ByteBuffer in) {
    int count = (int) Math.min(in.remaining(), payloadLeft);
    YamuxStream stream = payloadStream;
    payloadLeft -= count;
    if (stream == null || stream.isGone()) {
      in.position(in.position() + count);
    } else {
      byte[] piece = new byte[count];
      in.get(piece);
      stream.receive(piece);
    }
    if (payloadLeft == 0) {
      payloadStream = null;
      if (stream != null && isPayloadLast) {
        stream.remoteEnd();
      }
    }
  }

  private void frame(YamuxFrame frame) {
    switch (frame.type()) {
      case PING -> {
        if (frame.has(YamuxFrame.SYN)) {
          control(new YamuxFrame(FrameType.PING, YamuxFrame.ACK, 0, frame.length()));
        } else if (frame.has(YamuxFrame.ACK)) {
          pings.answered(frame.length());
        }
      }
      case GO_AWAY -> isRemoteLeaving = true;
      case DATA, WINDOW_UPDATE -> streamFrame(frame);
    }
  }

  private void streamFrame(YamuxFrame frame) {
    YamuxStream stream =
        frame.has(YamuxFrame.SYN) ? accept(frame.streamId()) : streams.get(frame.streamId());
    boolean isData = frame.type() == FrameType.DATA;
    if (isData) {
      payloadLeft = frame.length();
      payloadStream = stream;
      isPayloadLast = frame.has(YamuxFrame.FIN);
    }
    if (stream == null) {
      return;
    }
    if (frame.has(YamuxFrame.ACK)) {
      stream.acknowledged();
    }
    if (frame.has(YamuxFrame.RST)) {
      stream.remoteReset();
      return;
    }
    if (isData) {
      stream.charge(frame.length());
    } else {
      stream.grant(frame.length());
    }
    if (frame.has(YamuxFrame.SYN)) {
      listener.opened(stream);
    }
    if (frame.has(YamuxFrame.FIN) && (!isData || frame.length() == 0)) {
      stream.remoteEnd();
    }
  }

  private @Nullable YamuxStream accept(int id) {
    boolean isTheirs = id != 0 && (id & 1) == (isDialer ? 0 : 1);
    if (!isTheirs || streams.containsKey(id)) {
      throw new DefraException(ErrorCode.PEER_FAULT, "invalid yamux stream id", "Stream", id);
    }
    if (inboundCount >= settings.inboundStreamsMax() || !kept.addStream(inboundCount)) {
      control(new YamuxFrame(FrameType.WINDOW_UPDATE, YamuxFrame.RST, id, 0));
      return null;
    }
    var stream = new YamuxStream(this, id, false);
    inboundCount++;
    streams.put(id, stream);
    control(new YamuxFrame(FrameType.WINDOW_UPDATE, YamuxFrame.ACK, id, 0));
    return stream;
  }

  @Override
  public void writable() {
    pump();
  }

  @Override
  public void closed(DefraException cause) {
    finish(cause);
  }

  // What the streams ask for.

  void answered() {
    unansweredCount--;
  }

  void remove(YamuxStream stream, boolean isInbound) {
    if (streams.remove(stream.id()) != null && isInbound) {
      inboundCount--;
      kept.removeStream();
    }
  }

  /** Counts bytes that wait for a reader, or for more to come; false: they are too many. */
  boolean buffer(int bytes) {
    bufferedBytes += bytes;
    return keep(bytes) && bufferedBytes <= settings.bufferedBytesMax();
  }

  void unbuffer(int bytes) {
    bufferedBytes -= bytes;
    release(bytes);
  }

  /** Counts bytes that wait to be sent; false: they are too many. */
  boolean queue(int bytes) {
    unsentBytes += bytes;
    return keep(bytes);
  }

  void unqueue(int bytes) {
    unsentBytes -= bytes;
    release(bytes);
  }

  /** A session that has ended keeps nothing for its peer, whoever still reads what came. */
  private boolean keep(int bytes) {
    return hasSettled || kept.add(bytes, keptBytes());
  }

  private void release(int bytes) {
    if (!hasSettled) {
      kept.remove(bytes);
    }
  }

  private long keptBytes() {
    return (long) bufferedBytes + unsentBytes;
  }

  /** The stream has something to send, and stands in the queue once. */
  void enqueue(YamuxStream stream) {
    sending.add(stream);
    queuePump();
  }

  void control(YamuxFrame frame) {
    if (isClosed) {
      return;
    }
    if (controls.size() >= CONTROLS_MAX) {
      end(
          PROTOCOL_ERROR,
          new DefraException(ErrorCode.PEER_FAULT, "the peer does not read its answers"));
      return;
    }
    controls.add(frame.toBytes());
    queuePump();
  }

  void write(byte[] array, int from, int length) {
    pipe.write(array, from, length);
  }

  /** Ends the session because of the other side. */
  void fail(DefraException cause) {
    end(PROTOCOL_ERROR, cause);
  }

  /** What one task of the loop writes goes out together. */
  private void queuePump() {
    if (!isReading && !isPumpQueued) {
      isPumpQueued = true;
      loop.execute(this::pump);
    }
  }

  private void pump() {
    isPumpQueued = false;
    if (isClosed) {
      return;
    }
    while (!controls.isEmpty() && pipe.isWritable()) {
      write(controls.remove(), 0, YamuxFrame.HEAD_BYTES);
    }
    while (!sending.isEmpty() && pipe.isWritable()) {
      YamuxStream next = sending.remove();
      if (next.sendFrame()) {
        sending.add(next);
      }
    }
    pipe.flush();
  }

  private void end(int code, DefraException cause) {
    if (isClosed) {
      return;
    }
    byte[] goodBye = new YamuxFrame(FrameType.GO_AWAY, 0, 0, code).toBytes();
    pipe.write(goodBye, 0, goodBye.length);
    pipe.close();
    finish(cause);
  }

  private void finish(DefraException cause) {
    if (isClosed) {
      return;
    }
    isClosed = true;
    pings.stop();
    controls.clear();
    sending.clear();
    for (YamuxStream stream : new ArrayList<>(streams.values())) {
      stream.sessionEnded(cause);
    }
    streams.clear();
    kept.remove((int) keptBytes());
    hasSettled = true;
    listener.closed(cause);
  }
}

package io.defradb.libp2p.muxer.yamux;

import java.time.Duration;

/**
 * The bounds of a session.
 *
 * @param inboundStreamsMax open streams of the other side; further ones are reset
 * @param unansweredStreamsMax own streams that the other side has not acknowledged
 * @param windowBytesMax to which a stream's window grows while its reader keeps up
 * @param bufferedBytesMax of all streams together that were received and not read, or kept by a
 *     reader until the rest of a message comes
 * @param queuedBytesMax of one stream that wait for its window
 * @param pingInterval between two pings, of which the first goes out at once
 * @param pingLimit in which a ping must be answered
 * @param hostBytesMax that all sessions of a host keep for their peers; beyond, each only a little
 * @param hostStreamsMax open streams of the other sides of all sessions; beyond, a few for each
 */
public record YamuxSettings(
    int inboundStreamsMax,
    int unansweredStreamsMax,
    int windowBytesMax,
    int bufferedBytesMax,
    int queuedBytesMax,
    Duration pingInterval,
    Duration pingLimit,
    long hostBytesMax,
    int hostStreamsMax) {
  /** Bytes that each side may send on a new stream; fixed by the protocol. */
  public static final int INITIAL_WINDOW_BYTES = 256 * 1024;

  public static final YamuxSettings DEFAULT =
      new YamuxSettings(
          512,
          256,
          4 << 20,
          16 << 20,
          4 << 20,
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          96 << 20,
          8192);

  /** The same with other bounds for all sessions together. */
  public YamuxSettings withHostMax(long bytes, int streams) {
    return new YamuxSettings(
        inboundStreamsMax,
        unansweredStreamsMax,
        windowBytesMax,
        bufferedBytesMax,
        queuedBytesMax,
        pingInterval,
        pingLimit,
        bytes,
        streams);
  }
}

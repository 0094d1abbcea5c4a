package io.defradb.libp2p.muxer.yamux;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.nio.ByteBuffer;

/**
 * The head of a frame, big-endian:
 *
 * <pre>
 * version 1 | type 1 | flags 2 | stream id 4 | length 4
 * </pre>
 *
 * Only data frames have a payload, {@code length} bytes.
 *
 * @param length unsigned, 32 bits
 */
record YamuxFrame(FrameType type, int flags, int streamId, long length) {
  static final int HEAD_BYTES = 12;
  static final int SYN = 1;
  static final int ACK = 2;
  static final int FIN = 4;
  static final int RST = 8;

  /** In the order of their numbers. */
  enum FrameType {
    DATA(0),
    WINDOW_UPDATE(1),
    PING(2),
    GO_AWAY(3);

    private final byte number;

    FrameType(int number) {
      this.number = (byte) number;
    }
  }

  private static final FrameType[] TYPES = FrameType.values();

  /** Takes {@value #HEAD_BYTES} bytes. Throws {@code PEER_FAULT}. */
  static YamuxFrame read(ByteBuffer in) {
    int version = in.get();
    int type = in.get();
    int flags = in.getShort() & 0xffff;
    int streamId = in.getInt();
    long length = in.getInt() & 0xffffffffL;
    if (version != 0 || type < 0 || type >= TYPES.length) {
      throw new DefraException(
          ErrorCode.PEER_FAULT, "malformed yamux frame", "Version", version, "FrameType", type);
    }
    return new YamuxFrame(TYPES[type], flags, streamId, length);
  }

  byte[] toBytes() {
    return ByteBuffer.allocate(HEAD_BYTES)
        .put((byte) 0)
        .put(type.number)
        .putShort((short) flags)
        .putInt(streamId)
        .putInt((int) length)
        .array();
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }
}

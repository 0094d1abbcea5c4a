package io.defradb.replication.rpc;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * One message in DATA frames: {@code 00 | length u32be | bytes}. Collects a message as it comes;
 * for one thread.
 */
final class GrpcMessage {
  /** Of one message, each way. */
  static final int BYTES_MAX = 4 << 20;

  private static final int PREFIX_BYTES = 5;

  private final ByteArrayOutputStream received = new ByteArrayOutputStream();

  static byte[] frame(Bytes message) {
    return ByteBuffer.allocate(PREFIX_BYTES + message.length())
        .put((byte) 0)
        .putInt(message.length())
        .put(message.unsafeArray())
        .array();
  }

  /** Throws PEER_FAULT when it is longer than a message may be. */
  void add(byte[] bytes) {
    if (received.size() + bytes.length > PREFIX_BYTES + BYTES_MAX) {
      throw new DefraException(ErrorCode.PEER_FAULT, "rpc message too long", "Max", BYTES_MAX);
    }
    received.writeBytes(bytes);
  }

  /** Bytes that have come. */
  int length() {
    return received.size();
  }

  /** Throws PEER_FAULT for anything but one whole message that is not compressed. */
  Bytes whole() {
    ByteBuffer bytes = ByteBuffer.wrap(received.toByteArray());
    boolean isWhole =
        bytes.remaining() >= PREFIX_BYTES
            && bytes.get() == 0
            && bytes.getInt() == bytes.remaining();
    if (!isWhole) {
      throw new DefraException(ErrorCode.PEER_FAULT, "malformed rpc message");
    }
    byte[] message = new byte[bytes.remaining()];
    bytes.get(message);
    return Bytes.wrap(message);
  }
}

package io.defradb.replication.subdag;

import io.defradb.db.log.ByteSink;
import io.defradb.db.log.ByteSource;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import java.util.ArrayList;
import java.util.List;

/** Blocks as they are in one message of an answer: each behind its length as a varint. */
final class BlockFrames {
  /** At which a message is full; a single greater block is one of its own. */
  static final int MESSAGE_BYTES = 64 << 10;

  static final int MESSAGE_BYTES_MAX = 5 << 20;
  private static final int BLOCK_BYTES_MAX = 4 << 20;

  private ByteSink out = new ByteSink();
  private int bytes;

  /** A block that no message can hold is left out. */
  void add(Bytes block) {
    if (block.length() <= BLOCK_BYTES_MAX) {
      out.prefixed(block);
      bytes += block.length();
    }
  }

  boolean isFull() {
    return bytes >= MESSAGE_BYTES;
  }

  boolean isEmpty() {
    return bytes == 0;
  }

  /** What was added since the last call. */
  Bytes take() {
    Bytes message = Bytes.wrap(out.toBytes());
    out = new ByteSink();
    bytes = 0;
    return message;
  }

  /** Throws PEER_FAULT. */
  static List<Bytes> decode(Bytes message) {
    try {
      var in = new ByteSource(message.unsafeArray());
      List<Bytes> blocks = new ArrayList<>();
      while (!in.isAtEnd()) {
        blocks.add(in.prefixed());
      }
      return blocks;
    } catch (RuntimeException malformed) {
      throw new DefraException(ErrorCode.PEER_FAULT, "malformed blocks");
    }
  }
}

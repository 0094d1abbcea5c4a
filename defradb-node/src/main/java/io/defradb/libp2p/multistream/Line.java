package io.defradb.libp2p.multistream;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Varint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A line: {@code uvarint(length) | text | \n}, where the length counts the newline. */
final class Line {
  static final int BYTES_MAX = 1024;

  private Line() {}

  static Bytes write(String... lines) {
    int length = 0;
    for (String line : lines) {
      int text = line.getBytes(StandardCharsets.UTF_8).length + 1;
      length += Varint.length(text) + text;
    }
    byte[] bytes = new byte[length];
    int at = 0;
    for (String line : lines) {
      byte[] text = (line + "\n").getBytes(StandardCharsets.UTF_8);
      at = Varint.put(text.length, bytes, at);
      System.arraycopy(text, 0, bytes, at, text.length);
      at += text.length;
    }
    return Bytes.wrap(bytes);
  }

  /** The next line, without its newline; {@code null}, and nothing taken, while it is not whole. */
  static @Nullable String read(ByteBuffer in) {
    int start = in.position();
    if (!in.hasRemaining()) {
      return null;
    }
    int length = in.get();
    if (length < 0) {
      if (!in.hasRemaining()) {
        in.position(start);
        return null;
      }
      int high = in.get();
      length = (length & 0x7f) | (high << 7);
      if (high <= 0) {
        throw malformed();
      }
    }
    if (length == 0 || length > BYTES_MAX) {
      throw malformed();
    }
    if (in.remaining() < length) {
      in.position(start);
      return null;
    }
    byte[] text = new byte[length];
    in.get(text);
    if (text[length - 1] != '\n') {
      throw malformed();
    }
    return new String(text, 0, length - 1, StandardCharsets.UTF_8);
  }

  private static DefraException malformed() {
    return new DefraException(ErrorCode.PEER_FAULT, "malformed line in a protocol negotiation");
  }
}

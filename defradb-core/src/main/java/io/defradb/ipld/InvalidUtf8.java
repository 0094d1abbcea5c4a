package io.defradb.ipld;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Text that is no valid UTF-8 all the same: blocks with such field names exist, and must come out
 * as they came in. A byte that cannot be decoded stands in the string as the lone surrogate U+DC80
 * … U+DCFF.
 */
final class InvalidUtf8 {
  private static final int FIRST = 0xdc00;

  private InvalidUtf8() {}

  static String decode(byte[] bytes, int from, int count) {
    if (isAscii(bytes, from, from + count)) {
      return new String(bytes, from, count, StandardCharsets.ISO_8859_1);
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, from, count);
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    try {
      return decoder.decode(in).toString();
    } catch (CharacterCodingException e) {
      return decodeInvalid(ByteBuffer.wrap(bytes, from, count));
    }
  }

  private static boolean isAscii(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }

  private static String decodeInvalid(ByteBuffer in) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer out = CharBuffer.allocate(in.remaining());
    while (in.hasRemaining()) {
      CoderResult result = decoder.decode(in, out, true);
      for (int i = 0; result.isError() && i < result.length(); i++) {
        out.put((char) (FIRST + (in.get() & 0xff)));
      }
      decoder.reset();
    }
    return out.flip().toString();
  }

  static byte[] encode(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < text.length(); i++) {
      if (isStandIn(text, i)) {
        return encodeInvalid(text);
      }
    }
    return utf8;
  }

  private static byte[] encodeInvalid(String text) {
    var out = new ByteArrayOutputStream(text.length() + 8);
    int from = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || isStandIn(text, i)) {
        out.writeBytes(text.substring(from, i).getBytes(StandardCharsets.UTF_8));
        if (i < text.length()) {
          out.write(text.charAt(i) - FIRST);
        }
        from = i + 1;
      }
    }
    return out.toByteArray();
  }

  private static boolean isStandIn(String text, int at) {
    char c = text.charAt(at);
    boolean isPaired = at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    return c >= FIRST + 0x80 && c <= FIRST + 0xff && !isPaired;
  }
}

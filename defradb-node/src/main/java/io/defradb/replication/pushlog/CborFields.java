package io.defradb.replication.pushlog;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.ipld.CborReader;
import io.defradb.multiformats.Bytes;
import java.util.Locale;

/**
 * Walks the fields of a request's map (network specification, 8.2): names match in any case, what
 * is not known is skipped. For one thread.
 */
public final class CborFields {
  private static final int DEPTH_MAX = 16;

  private final CborReader in;
  private int left;

  /** Throws INVALID_CBOR unless {@code message} begins with a map. */
  public CborFields(Bytes message) {
    this.in = new CborReader(message.unsafeArray(), 0, message.length());
    this.left = in.mapHeader();
  }

  public boolean hasNext() {
    return left > 0;
  }

  /** The next field's name in lower case; read or skip its value before going on. */
  public String next() {
    left--;
    return in.text().toLowerCase(Locale.ROOT);
  }

  public CborReader value() {
    return in;
  }

  public void skip() {
    skip(0);
  }

  private void skip(int depth) {
    switch (in.peek()) {
      case INTEGER -> in.integer();
      case BYTES -> in.bytes();
      case TEXT -> in.text();
      case BOOL -> in.bool();
      case NULL -> in.nullValue();
      case FLOAT -> in.float64();
      case LINK -> in.link();
      case ARRAY -> {
        for (int i = in.arrayHeader(); i > 0; i--) {
          skip(deeper(depth));
        }
      }
      case MAP -> {
        for (int i = in.mapHeader(); i > 0; i--) {
          in.text();
          skip(deeper(depth));
        }
      }
    }
  }

  private static int deeper(int depth) {
    if (depth >= DEPTH_MAX) {
      throw new DefraException(ErrorCode.INVALID_CBOR, "invalid message: too deep");
    }
    return depth + 1;
  }
}

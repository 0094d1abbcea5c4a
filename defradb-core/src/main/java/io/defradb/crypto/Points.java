package io.defradb.crypto;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.jspecify.annotations.Nullable;

/** Points of elliptic curves in their two forms (SEC 1, 2.3.3). */
final class Points {
  private static final int UNCOMPRESSED_BYTES = 65;

  private Points() {}

  /** {@code 04 x y} becomes {@code 02 x} or {@code 03 x}. */
  static byte[] compress(byte[] uncompressed) {
    byte[] compressed = Arrays.copyOf(uncompressed, 33);
    compressed[0] = (byte) (2 + (uncompressed[UNCOMPRESSED_BYTES - 1] & 1));
    return compressed;
  }

  static byte[] secp256r1(byte[] point) {
    return decode(CustomNamedCurves.getByName("secp256r1"), point);
  }

  /** The point as {@code 04 x y}. Throws {@code INVALID_KEY} for what is no point of the curve. */
  static byte[] decode(X9ECParameters curve, byte[] point) {
    try {
      byte[] uncompressed = curve.getCurve().decodePoint(point).getEncoded(false);
      if (uncompressed.length == UNCOMPRESSED_BYTES) {
        return uncompressed;
      }
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw invalid(e);
    }
    throw invalid(null);
  }

  static DefraException invalid(@Nullable Throwable cause) {
    return new DefraException(ErrorCode.INVALID_KEY, "invalid ECDSA public key", cause);
  }
}

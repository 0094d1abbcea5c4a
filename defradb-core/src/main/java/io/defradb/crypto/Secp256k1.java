package io.defradb.crypto;

import fr.acinq.secp256k1.Secp256k1CFunctions;
import io.defradb.multiformats.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The curve of the default identity: libsecp256k1 where there is a native library for the platform,
 * else Bouncy Castle, about ten times slower. Both give the same bytes: nonces as in RFC 6979, low
 * S.
 *
 * <p>The library is called past its Kotlin wrapper, with one context for the whole process: a
 * context is only read after it is made, so every thread may use it.
 */
final class Secp256k1 {
  private static final int SECRET_BYTES = 32;

  private Secp256k1() {}

  /** Loaded when first asked for: a command that signs nothing never pays for it. */
  private static final class Library {
    static final boolean IS_LOADED = NativeLibrary.load();
    static final long CONTEXT =
        IS_LOADED
            ? Secp256k1CFunctions.secp256k1_context_create(
                Secp256k1CFunctions.SECP256K1_CONTEXT_SIGN
                    | Secp256k1CFunctions.SECP256K1_CONTEXT_VERIFY)
            : 0;
  }

  /** Whether the bytes are a scalar between 1 and the order of the curve. */
  static boolean isSecret(byte[] secret) {
    if (secret.length != SECRET_BYTES) {
      return false;
    }
    return Library.IS_LOADED
        ? Secp256k1CFunctions.secp256k1_ec_seckey_verify(Library.CONTEXT, secret) == 1
        : Secp256k1Fallback.isSecret(secret);
  }

  /** The public key of a valid secret, compressed. */
  static byte[] publicPoint(byte[] secret) {
    byte[] uncompressed =
        Library.IS_LOADED
            ? Secp256k1CFunctions.secp256k1_ec_pubkey_create(Library.CONTEXT, secret)
            : Secp256k1Fallback.publicPoint(secret);
    return Points.compress(uncompressed);
  }

  /** {@code 04 x y}. Throws {@code INVALID_KEY}. */
  static byte[] uncompressed(byte[] point) {
    if (!Library.IS_LOADED) {
      return Secp256k1Fallback.uncompressed(point);
    }
    if (point.length != 33 && point.length != 65) {
      throw Points.invalid(null);
    }
    byte[] parsed = nativeParse(point);
    if (parsed == null) {
      throw Points.invalid(null);
    }
    return parsed;
  }

  /** {@code digest}: 32 bytes. Answers r and s. */
  static byte[] sign(byte[] digest, byte[] secret) {
    return Library.IS_LOADED
        ? Secp256k1CFunctions.secp256k1_ecdsa_sign(Library.CONTEXT, digest, secret)
        : Secp256k1Fallback.sign(digest, secret);
  }

  /** {@code compact}: r and s; a high s is as good as a low one. */
  static boolean verifies(byte[] compact, byte[] digest, Bytes point) {
    if (!Library.IS_LOADED) {
      return Secp256k1Fallback.verifies(compact, digest, point.unsafeArray());
    }
    try {
      byte[] low = compact.clone();
      Secp256k1CFunctions.secp256k1_ecdsa_signature_normalize(Library.CONTEXT, compact, low);
      return Secp256k1CFunctions.secp256k1_ecdsa_verify(
              Library.CONTEXT, low, digest, point.unsafeArray())
          == 1;
    } catch (RuntimeException e) { // r or s is no scalar of the curve
      return false;
    }
  }

  private static byte @Nullable [] nativeParse(byte[] point) {
    try {
      return Secp256k1CFunctions.secp256k1_ec_pubkey_parse(Library.CONTEXT, point);
    } catch (RuntimeException e) { // the binding's own exception type is Kotlin's
      return null;
    }
  }
}

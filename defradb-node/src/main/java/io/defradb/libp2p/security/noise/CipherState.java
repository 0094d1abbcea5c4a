package io.defradb.libp2p.security.noise;

import io.defradb.crypto.ChaChaPoly;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A key and how often it was used: the nonce, 4 zero bytes and a count of 8, little-endian. */
final class CipherState {
  static final byte[] NO_DATA = {};

  private final ChaChaPoly cipher;
  private final byte[] nonce = new byte[ChaChaPoly.NONCE_BYTES];
  private final ByteBuffer counter = ByteBuffer.wrap(nonce).order(ByteOrder.LITTLE_ENDIAN);
  private long count;

  CipherState(byte[] key) {
    this.cipher = new ChaChaPoly(key);
  }

  void seal(byte[] aad, byte[] plain, int from, int length, byte[] out, int outAt) {
    cipher.seal(next(), aad, plain, from, length, out, outAt);
  }

  /** Throws {@code DECRYPTION_FAILED}. */
  void open(byte[] aad, byte[] sealed, int from, int length, byte[] out, int outAt) {
    if (length < ChaChaPoly.TAG_BYTES) {
      throw new DefraException(ErrorCode.DECRYPTION_FAILED, "a Noise message without its tag");
    }
    cipher.open(next(), aad, sealed, from, length, out, outAt);
  }

  private byte[] next() {
    if (count == -1) {
      throw new DefraException(ErrorCode.PEER_FAULT, "a Noise key was used up");
    }
    counter.putLong(4, count++);
    return nonce;
  }
}

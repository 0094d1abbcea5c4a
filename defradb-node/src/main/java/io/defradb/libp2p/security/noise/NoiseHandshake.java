package io.defradb.libp2p.security.noise;

import io.defradb.crypto.ChaChaPoly;
import io.defradb.crypto.X25519;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.Arrays;

/**
 * One side of {@code Noise_XX_25519_ChaChaPoly_SHA256} with an empty prologue, without any I/O:
 *
 * <pre>
 * -> e
 * <- e, ee, s, es, payload
 * -> s, se, payload
 * </pre>
 *
 * The initiator writes, reads, writes; the responder reads, writes, reads; then {@link #sending}
 * and {@link #receiving} are the keys. A message that does not fit throws {@code
 * DECRYPTION_FAILED}, {@code INVALID_KEY} or {@code PEER_FAULT}, and the handshake is over.
 */
final class NoiseHandshake {
  private static final String NAME = "Noise_XX_25519_ChaChaPoly_SHA256";

  /** A pair of X25519 keys; never compared. */
  @SuppressWarnings("ArrayRecordComponent")
  record KeyPair(byte[] privateKey, byte[] publicKey) {
    static KeyPair of(byte[] privateKey) {
      return new KeyPair(privateKey, X25519.publicKey(privateKey));
    }
  }

  private final boolean isInitiator;
  private final KeyPair ownStatic;
  private final KeyPair ownEphemeral;
  private final SymmetricState state = new SymmetricState(NAME);
  private byte[] remoteEphemeral = {};
  private byte[] remoteStatic = {};
  private int messages;
  private CipherState[] keys = {};

  /** {@code ownEphemeral}: never used before. */
  NoiseHandshake(boolean isInitiator, KeyPair ownStatic, KeyPair ownEphemeral) {
    this.isInitiator = isInitiator;
    this.ownStatic = ownStatic;
    this.ownEphemeral = ownEphemeral;
  }

  /** The next message of this side; the first of the handshake takes no payload. */
  byte[] write(byte[] payload) {
    return switch (messages++) {
      case 0 -> {
        state.mixHash(ownEphemeral.publicKey());
        yield joined(ownEphemeral.publicKey(), state.encryptAndHash(payload));
      }
      case 1 -> {
        state.mixHash(ownEphemeral.publicKey());
        state.mixKey(X25519.agree(ownEphemeral.privateKey(), remoteEphemeral));
        byte[] sealedStatic = state.encryptAndHash(ownStatic.publicKey());
        state.mixKey(X25519.agree(ownStatic.privateKey(), remoteEphemeral));
        yield joined(ownEphemeral.publicKey(), sealedStatic, state.encryptAndHash(payload));
      }
      default -> {
        byte[] sealedStatic = state.encryptAndHash(ownStatic.publicKey());
        state.mixKey(X25519.agree(ownStatic.privateKey(), remoteEphemeral));
        byte[] last = joined(sealedStatic, state.encryptAndHash(payload));
        keys = state.split();
        yield last;
      }
    };
  }

  /** Takes the other side's next message; answers its payload. */
  byte[] read(byte[] message) {
    return switch (messages++) {
      case 0 -> {
        remoteEphemeral = part(message, 0, X25519.KEY_BYTES);
        state.mixHash(remoteEphemeral);
        yield state.decryptAndHash(rest(message, X25519.KEY_BYTES));
      }
      case 1 -> {
        remoteEphemeral = part(message, 0, X25519.KEY_BYTES);
        state.mixHash(remoteEphemeral);
        state.mixKey(X25519.agree(ownEphemeral.privateKey(), remoteEphemeral));
        int at = readStatic(message, X25519.KEY_BYTES);
        state.mixKey(X25519.agree(ownEphemeral.privateKey(), remoteStatic));
        yield state.decryptAndHash(rest(message, at));
      }
      default -> {
        int at = readStatic(message, 0);
        state.mixKey(X25519.agree(ownEphemeral.privateKey(), remoteStatic));
        byte[] payload = state.decryptAndHash(rest(message, at));
        keys = state.split();
        yield payload;
      }
    };
  }

  private int readStatic(byte[] message, int from) {
    int end = from + X25519.KEY_BYTES + ChaChaPoly.TAG_BYTES;
    remoteStatic = state.decryptAndHash(part(message, from, end));
    return end;
  }

  /** The other side's static key; known when its message with a payload was read. */
  byte[] remoteStatic() {
    return remoteStatic.clone();
  }

  byte[] hash() {
    return state.hash();
  }

  /** After the last message. */
  CipherState sending() {
    return keys[isInitiator ? 0 : 1];
  }

  CipherState receiving() {
    return keys[isInitiator ? 1 : 0];
  }

  private static byte[] part(byte[] message, int from, int to) {
    if (message.length < to) {
      throw new DefraException(ErrorCode.PEER_FAULT, "a Noise message is cut off");
    }
    return Arrays.copyOfRange(message, from, to);
  }

  private static byte[] rest(byte[] message, int from) {
    return part(message, from, message.length);
  }

  private static byte[] joined(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}

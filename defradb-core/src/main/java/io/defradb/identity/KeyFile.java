package io.defradb.identity;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.RFC3394WrapEngine;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.jspecify.annotations.Nullable;

/**
 * A key under a password, as it stands in a keyring file: a compact JWE, {@code
 * header.wrappedKey.iv.cipherText.tag} in base64url (data-model specification, section 12).
 */
final class KeyFile {
  private static final String ALGORITHM = "PBES2-HS512+A256KW";
  private static final int ITERATIONS = 10_000;
  private static final int ITERATIONS_MAX = 1_000_000;
  private static final int SALT_BYTES = 32;
  private static final int KEY_BYTES = 32;
  private static final int IV_BYTES = 12;
  private static final int TAG_BYTES = 16;

  private static final String FAILED = "jwe.Decrypt: failed to decrypt any of the recipients";
  private static final String WRONG_PASSWORD =
      FAILED
          + " (last error = jwe.Decrypt: tried 1 keys, but failed to match any of the keys with"
          + " recipient (last error = jwe.Decrypt: decryption failed: failed to decrypt key: failed"
          + " to unwrap key: key unwrap: failed to unwrap key))";
  private static final String NOTHING_SEALED =
      FAILED
          + " (last error = jwe.Decrypt: tried 1 keys, but failed to match any of the keys with"
          + " recipient (last error = failed to find matching recipient))";
  private static final String MALFORMED = "jwe.Decrypt: failed to parse message";

  private KeyFile() {}

  static String seal(byte[] key, String password, RandomGenerator random) {
    byte[] salt = bytes(random, SALT_BYTES);
    byte[] contentKey = bytes(random, KEY_BYTES);
    byte[] iv = bytes(random, IV_BYTES);
    String header =
        encode(
            ("{\"alg\":\""
                    + ALGORITHM
                    + "\",\"enc\":\"A256GCM\",\"p2c\":"
                    + ITERATIONS
                    + ",\"p2s\":\""
                    + encode(salt)
                    + "\"}")
                .getBytes(StandardCharsets.US_ASCII));
    var wrapper = wrapper(true, password, salt, ITERATIONS);
    byte[] wrapped = wrapper.wrap(contentKey, 0, contentKey.length);
    byte[] sealed;
    try {
      sealed = gcm(true, contentKey, iv, header, key);
    } catch (InvalidCipherTextException e) {
      throw new AssertionError("sealing checks no tag", e);
    }
    int split = sealed.length - TAG_BYTES;
    return String.join(
        ".",
        header,
        encode(wrapped),
        encode(iv),
        encode(Arrays.copyOf(sealed, split)),
        encode(Arrays.copyOfRange(sealed, split, sealed.length)));
  }

  /** Throws {@code DECRYPTION_FAILED}. */
  static byte[] open(String file, String password) {
    String[] parts = file.strip().split("\\.", -1);
    if (parts.length != 5) {
      throw failed(MALFORMED);
    }
    Map<String, @Nullable Object> header = header(parts[0]);
    if (!ALGORITHM.equals(header.get("alg"))
        || !"A256GCM".equals(header.get("enc"))
        || !(header.get("p2c") instanceof Double iterations)
        || !(header.get("p2s") instanceof String salt)
        || iterations < 1
        || iterations > ITERATIONS_MAX) {
      throw failed(MALFORMED);
    }
    if (parts[3].isEmpty()) { // the reference writes an empty key, and reads it no more
      throw failed(NOTHING_SEALED);
    }
    byte[] wrapped = decode(parts[1]);
    byte[] contentKey;
    try {
      contentKey =
          wrapper(false, password, decode(salt), iterations.intValue())
              .unwrap(wrapped, 0, wrapped.length);
    } catch (InvalidCipherTextException e) {
      throw failed(WRONG_PASSWORD);
    }
    byte[] cipherText = decode(parts[3]);
    byte[] tag = decode(parts[4]);
    byte[] sealed = Arrays.copyOf(cipherText, cipherText.length + tag.length);
    System.arraycopy(tag, 0, sealed, cipherText.length, tag.length);
    try {
      return gcm(false, contentKey, decode(parts[2]), parts[0], sealed);
    } catch (InvalidCipherTextException | IllegalArgumentException e) {
      throw failed(FAILED);
    }
  }

  private static RFC3394WrapEngine wrapper(
      boolean isWrapping, String password, byte[] salt, int iterations) {
    byte[] algorithm = ALGORITHM.getBytes(StandardCharsets.US_ASCII);
    byte[] saltInput = Arrays.copyOf(algorithm, algorithm.length + 1 + salt.length);
    System.arraycopy(salt, 0, saltInput, algorithm.length + 1, salt.length);
    var derivation = new PKCS5S2ParametersGenerator(new SHA512Digest());
    derivation.init(password.getBytes(StandardCharsets.UTF_8), saltInput, iterations);
    var wrapper = new RFC3394WrapEngine(AESEngine.newInstance());
    wrapper.init(isWrapping, derivation.generateDerivedParameters(8 * KEY_BYTES));
    return wrapper;
  }

  private static byte[] gcm(boolean isSealing, byte[] key, byte[] iv, String header, byte[] input)
      throws InvalidCipherTextException {
    var cipher = GCMBlockCipher.newInstance(AESEngine.newInstance());
    byte[] aad = header.getBytes(StandardCharsets.US_ASCII);
    cipher.init(isSealing, new AEADParameters(new KeyParameter(key), 8 * TAG_BYTES, iv, aad));
    byte[] output = new byte[cipher.getOutputSize(input.length)];
    int at = cipher.processBytes(input, 0, input.length, output, 0);
    cipher.doFinal(output, at);
    return output;
  }

  private static Map<String, @Nullable Object> header(String part) {
    try {
      return FlatJson.object(new String(decode(part), StandardCharsets.UTF_8));
    } catch (FlatJson.Fault e) {
      throw failed(MALFORMED);
    }
  }

  private static byte[] bytes(RandomGenerator random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] decode(String text) {
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw failed(MALFORMED);
    }
  }

  private static DefraException failed(String text) {
    return new DefraException(ErrorCode.DECRYPTION_FAILED, text);
  }
}

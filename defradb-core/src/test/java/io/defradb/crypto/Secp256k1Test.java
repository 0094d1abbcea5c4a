package io.defradb.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.multiformats.Bytes;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The native library and the Java fallback are one thing to every caller. */
class Secp256k1Test {

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void givenRandomKeysAndDigests_thenNativeAndFallbackGiveTheSameBytes(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 50; i++) {
      byte[] secret = new byte[32];
      byte[] digest = new byte[32];
      random.nextBytes(secret);
      random.nextBytes(digest);
      assertThat(Secp256k1.isSecret(secret)).isEqualTo(Secp256k1Fallback.isSecret(secret));
      byte[] point = Secp256k1.publicPoint(secret);
      assertThat(Secp256k1.uncompressed(point)).isEqualTo(Secp256k1Fallback.publicPoint(secret));
      assertThat(Secp256k1Fallback.uncompressed(point)).isEqualTo(Secp256k1.uncompressed(point));
      byte[] signature = Secp256k1.sign(digest, secret);
      assertThat(signature).isEqualTo(Secp256k1Fallback.sign(digest, secret));
      assertThat(DerSignature.decode(DerSignature.encode(signature))).isEqualTo(signature);
      assertThat(Secp256k1Fallback.verifies(signature, digest, point)).isTrue();
      assertThat(Secp256k1.verifies(signature, digest, Bytes.wrap(point))).isTrue();
      digest[0] ^= 1;
      assertThat(Secp256k1.verifies(signature, digest, Bytes.wrap(point))).isFalse();
    }
  }

  @Test
  void givenScalarsOutsideTheGroup_thenTheyAreNoSecrets() {
    byte[] zero = new byte[32];
    byte[] beyond = Bytes.hex("ff".repeat(32)).toArray();
    assertThat(Secp256k1.isSecret(zero)).isFalse();
    assertThat(Secp256k1.isSecret(beyond)).isFalse();
    assertThat(Secp256k1.isSecret(new byte[31])).isFalse();
    assertThat(Secp256k1Fallback.isSecret(zero)).isFalse();
    assertThat(Secp256k1Fallback.isSecret(beyond)).isFalse();
  }

  @Test
  void givenASignatureThatIsNoScalarPair_thenItDoesNotVerify() {
    byte[] point = Secp256k1.publicPoint(Bytes.hex("11".repeat(32)).toArray());
    byte[] beyond = Bytes.hex("ff".repeat(64)).toArray();
    assertThat(Secp256k1.verifies(beyond, new byte[32], Bytes.wrap(point))).isFalse();
    assertThat(Secp256k1.verifies(new byte[64], new byte[32], Bytes.wrap(point))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "3008020200010202000100", "30060201800201"})
  void givenBytesThatAreNoMinimalDer_thenNothingIsDecoded(String hex) {
    assertThat(DerSignature.decode(Bytes.hex(hex).toArray())).isNull();
  }
}

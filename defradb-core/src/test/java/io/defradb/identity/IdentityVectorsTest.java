package io.defradb.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.crypto.HexText;
import io.defradb.crypto.KeyType;
import io.defradb.crypto.PublicKey;
import io.defradb.error.DefraException;
import io.defradb.testing.Vectors;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys, DIDs, signatures and tokens as the reference makes and judges them. */
class IdentityVectorsTest {

  static Stream<Named<JsonNode>> keys() {
    return ofKind("key");
  }

  static Stream<Named<JsonNode>> publicKeys() {
    return ofKind("publicKey");
  }

  static Stream<Named<JsonNode>> tokens() {
    return ofKind("token");
  }

  @ParameterizedTest
  @MethodSource("keys")
  void givenAPrivateKey_thenPublicKeyDidAndSignaturesAreTheReferences(JsonNode vector) {
    KeyType type = KeyType.byWord(vector.get("keyType").asText());
    var identity = Identity.parse(type, vector.get("privateKey").asText());
    PublicKey publicKey = identity.privateKey().publicKey();

    assertThat(publicKey.text()).isEqualTo(vector.get("publicKey").asText());
    assertThat(identity.did()).isEqualTo(vector.get("did").asText());
    assertThat(identity.privateKey().raw().toHex()).isEqualTo(vector.get("privateKey").asText());
    for (JsonNode signature : vector.get("signatures")) {
      byte[] message = HexText.parse(signature.get("message").asText());
      byte[] expected = HexText.parse(signature.get("signature").asText());
      assertThat(identity.privateKey().sign(message)).isEqualTo(expected);
      assertThat(publicKey.verifies(message, expected)).isTrue();
      expected[expected.length - 1] ^= 1;
      assertThat(publicKey.verifies(message, expected)).isFalse();
    }
    assertThat(Identity.fromStored(identity.toStored()).did()).isEqualTo(identity.did());
  }

  @ParameterizedTest
  @MethodSource("publicKeys")
  void givenAPublicKeyText_thenItIsNamedOrRefusedAsTheReferenceDoes(JsonNode vector) {
    KeyType type = KeyType.byWord(vector.get("keyType").asText());
    String text = vector.get("publicKey").asText();
    if (vector.has("error")) {
      assertThatThrownBy(() -> PublicKey.parse(type, text))
          .isInstanceOf(DefraException.class)
          .hasMessage(vector.get("error").asText());
      return;
    }
    PublicKey key = PublicKey.parse(type, text);
    assertThat(key.text()).isEqualTo(vector.get("canonical").asText());
    assertThat(PublicIdentity.of(key).did()).isEqualTo(vector.get("did").asText());
  }

  @ParameterizedTest
  @MethodSource("tokens")
  void givenAToken_thenTheVerdictIsTheReferences(JsonNode vector) {
    String token = vector.get("token").asText();
    String audience = vector.get("audience").asText();
    Instant now = Instant.ofEpochSecond(vector.get("now").asLong());
    if (vector.get("valid").asBoolean()) {
      assertThat(BearerTokens.verify(token, audience, now).did())
          .isEqualTo(vector.get("did").asText());
      return;
    }
    assertThatThrownBy(() -> BearerTokens.verify(token, audience, now))
        .isInstanceOf(DefraException.class)
        .hasMessage(vector.get("error").asText());
  }

  @ParameterizedTest
  @MethodSource("keys")
  void givenAMintedToken_thenItHoldsFromIssueToExpiryForItsAudience(JsonNode vector) {
    KeyType type = KeyType.byWord(vector.get("keyType").asText());
    var identity = Identity.parse(type, vector.get("privateKey").asText());
    Instant now = Instant.parse("2026-01-02T03:04:05.678Z");
    String token = BearerTokens.mint(identity, "127.0.0.1:9181", now, Duration.ofMinutes(15));

    assertThat(BearerTokens.verify(token, "127.0.0.1:9181", now).did()).isEqualTo(identity.did());
    assertThatThrownBy(() -> BearerTokens.verify(token, "127.0.0.1:9182", now))
        .hasMessage("\"aud\" not satisfied");
    assertThatThrownBy(() -> BearerTokens.verify(token, "127.0.0.1:9181", now.plusSeconds(900)))
        .hasMessage("\"exp\" not satisfied");
    assertThatThrownBy(() -> BearerTokens.verify(token, "127.0.0.1:9181", now.minusSeconds(1)))
        .hasMessage("\"iat\" not satisfied");
  }

  private static Stream<Named<JsonNode>> ofKind(String kind) {
    return Vectors.cases("identities").stream()
        .filter(vector -> vector.get("kind").asText().equals(kind))
        .map(vector -> Named.of(vector.get("name").asText(), vector));
  }
}

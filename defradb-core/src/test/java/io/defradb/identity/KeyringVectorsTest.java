package io.defradb.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.crypto.HexText;
import io.defradb.error.DefraException;
import io.defradb.testing.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keyring files that the reference wrote open here. */
class KeyringVectorsTest {
  @TempDir Path directory;

  static Stream<Named<JsonNode>> files() {
    return Vectors.cases("keyring").stream()
        .filter(vector -> vector.has("file"))
        .map(vector -> Named.of(vector.get("name").asText(), vector));
  }

  static Stream<Named<JsonNode>> folders() {
    return Vectors.cases("keyring").stream()
        .filter(vector -> vector.has("files"))
        .map(vector -> Named.of(vector.get("name").asText(), vector));
  }

  @ParameterizedTest
  @MethodSource("files")
  void givenAFileOfTheReference_whenRead_thenItsKeyIsThere(JsonNode vector) throws IOException {
    String name = vector.get("key").asText();
    Files.writeString(directory.resolve(name), vector.get("file").asText());
    Keyring keyring = keyring(vector.get("password").asText());
    String printed = vector.get("exportStderr").asText();
    if (printed.startsWith("Error: ")) {
      assertThatThrownBy(() -> keyring.get(name)).hasMessage(printed.substring(7));
    } else {
      assertThat(keyring.get(name).orElseThrow())
          .isEqualTo(HexText.parse(vector.get("plaintext").asText()));
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void givenAWrongPassword_thenTheTextIsTheReferences(JsonNode vector) throws IOException {
    String name = vector.get("key").asText();
    if (vector.get("plaintext").asText().isEmpty()) {
      return; // an empty key opens with no password at all
    }
    Files.writeString(directory.resolve(name), vector.get("file").asText());
    assertThatThrownBy(() -> keyring("another").get(name))
        .isInstanceOf(DefraException.class)
        .hasMessage(vector.get("wrongPasswordError").asText().substring("Error: ".length()));
  }

  @ParameterizedTest
  @MethodSource("folders")
  void givenAFolderOfTheReference_thenEveryKeyIsListedAndOpens(JsonNode vector) throws IOException {
    for (Map.Entry<String, JsonNode> file : vector.get("files").properties()) {
      Files.writeString(directory.resolve(file.getKey()), file.getValue().asText());
    }
    Keyring keyring = keyring(vector.get("password").asText());
    for (Map.Entry<String, JsonNode> text : vector.get("plaintexts").properties()) {
      assertThat(keyring.names()).contains(text.getKey());
      assertThat(keyring.get(text.getKey()).orElseThrow())
          .isEqualTo(HexText.parse(text.getValue().asText()));
    }
  }

  @Test
  void givenASetKey_thenItComesBackFromAFileOnlyItsOwnerReads() throws IOException {
    Keyring keyring = keyring("secret");
    keyring.set("encryption-key", new byte[] {1, 2, 3});
    keyring.set("encryption-key", new byte[] {4, 5, 6});
    assertThat(keyring.get("encryption-key").orElseThrow()).containsExactly(4, 5, 6);
    assertThat(keyring.get("peer-key")).isEmpty();
    assertThat(keyring.names()).containsExactly("encryption-key");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("encryption-key"))))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../x", "a/b", ".hidden", "a\\b"})
  void givenANameThatLeavesTheFolder_thenItIsRefused(String name) {
    assertThatThrownBy(() -> keyring("secret").set(name, new byte[1]))
        .hasMessageStartingWith("invalid key name");
  }

  @Test
  void givenNoSecret_thenTheTextIsTheReferences() {
    assertThatThrownBy(() -> keyring("")).hasMessage("missing keyring secret");
  }

  private Keyring keyring(String password) {
    return new FileKeyring(directory, password, new SecureRandom());
  }
}

package io.defradb.multiformats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.error.DefraException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultibaseTest {
  /** Texts of the multibase specification's test vectors. */
  @ParameterizedTest
  @CsvSource({
    "BASE32,yes mani !,bpfsxgidnmfxgsibb",
    "BASE58_BTC,yes mani !,z7paNL19xttacUY",
    "BASE64_URL,yes mani !,ueWVzIG1hbmkgIQ"
  })
  void givenTheVectorsOfTheSpecification_whenEncoded_thenTheTextsAgree(
      Multibase base, String content, String text) {
    byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
    assertThat(base.encode(bytes)).isEqualTo(text);
    assertThat(Multibase.decode(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @EnumSource
  void givenAnyBytes_whenEncodedAndDecoded_thenTheyAreTheSame(Multibase base) {
    var random = new Random(61);
    for (int i = 0; i < 500; i++) {
      byte[] bytes = new byte[random.nextInt(80)];
      random.nextBytes(bytes);
      if (bytes.length > 1) {
        bytes[0] = (byte) random.nextInt(2);
      }
      assertThat(Multibase.decode(base.encode(bytes))).isEqualTo(bytes);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x00",
        "bpfsxgidnmfxgsibB",
        "b1",
        "ba",
        "z0",
        "zl",
        "ue=",
        "ue",
        "ueWVzIG1hbmkgIR"
      })
  void givenWhatIsNotInTheEncoding_whenDecoded_thenItIsRefused(String text) {
    assertThatThrownBy(() -> Multibase.decode(text)).isInstanceOf(DefraException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0,00",
    "127,7f",
    "128,8001",
    "300,ac02",
    "16384,808001",
    "9223372036854775807,ffffffffffffffff7f"
  })
  void givenANumber_whenWrittenAsVarint_thenItIsShortestAndReadsBack(long number, String hex) {
    byte[] bytes = Varint.encode(number);
    assertThat(Bytes.wrap(bytes).toHex()).isEqualTo(hex);
    assertThat(Varint.decode(bytes, 0)).isEqualTo(number);
    assertThat(Varint.length(number)).isEqualTo(bytes.length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "80", "8000", "80808080808080808001"})
  void givenBytesThatAreNoVarint_whenRead_thenTheyAreRefused(String hex) {
    assertThatThrownBy(() -> Varint.decode(Bytes.hex(hex).toArray(), 0))
        .isInstanceOf(DefraException.class);
  }

  @Test
  void givenTwoCids_whenCompared_thenTheOrderIsThatOfTheirTexts() {
    var random = new Random(62);
    int[] codecs = {Cid.DAG_CBOR, Cid.DAG_CBOR, Cid.RAW, Cid.VERSION_0};
    for (int i = 0; i < 20_000; i++) {
      byte[] digest = new byte[Cid.DIGEST_BYTES];
      random.nextBytes(digest);
      var left = new Cid(codecs[random.nextInt(4)], Bytes.copyOf(digest));
      digest[random.nextInt(digest.length)] ^= (byte) random.nextInt(256);
      var right = new Cid(codecs[random.nextInt(4)], Bytes.copyOf(digest));
      assertThat(Integer.signum(left.compareTo(right)))
          .as("%s %s", left, right)
          .isEqualTo(Integer.signum(left.toString().compareTo(right.toString())));
    }
  }
}

package io.defradb.multiformats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.testing.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CidTest {
  @Test
  void givenRecordedBlocks_whenHashed_thenTheirCidsComeOut() {
    for (JsonNode golden : Vectors.cases("blocks")) {
      for (JsonNode block : golden.get("blocks")) {
        Cid cid = Cid.of(Cid.DAG_CBOR, Bytes.hex(block.get("raw").asText()).unsafeArray());
        assertThat(cid.toString()).isEqualTo(block.get("cid").asText());
        assertThat(Cid.fromText(cid.toString())).isEqualTo(cid);
        assertThat(Cid.fromBytes(cid.toBytes())).isEqualTo(cid);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "b|cid too short",
        "zzz|invalid cid: expected 1 as the cid version number, got: 13",
        "bzzz|invalid cid: varints malformed, could not reach the end",
        "fhhh|encoding/hex: invalid byte: U+0068 'h'",
        "f01f|encoding/hex: odd length hex string",
        "zabc0|Invalid base58 digit ('0')",
        "Qmxx|selected encoding not supported",
        "bafy!|illegal base32 data at input byte 3",
        "bae-6a4c5bc5-b044-5a03-a868-8260af6f2254|illegal base32 data at input byte 2",
        "maa!|illegal base64 data at input byte 2",
        "k!x|invalid base36 character ('!')",
        "01x|error while conversion: strconv.ParseInt: parsing \"0000001x\": invalid syntax",
        "f1220ab|invalid cid: not enough bytes for cid v0",
        "f0155|invalid cid: multihash too short. must be >= 2 bytes",
        "f01551220ab|invalid cid: length greater than remaining number of bytes in buffer",
        "QmInotbase58characters0000000000000000000000xx|input isn't valid multihash",
      })
  void givenATextThatIsNoCid_whenParsed_thenTheMessageSaysWhereItBreaks(
      String text, String reason) {
    assertThatThrownBy(() -> Cid.fromText(text)).hasMessage("invalid cid: " + reason);
  }

  @ParameterizedTest
  @CsvSource({
    "bafybeid57gpbwi4i6bg7g35hhhhhhhhhhhhhhhhhhhhhhhdoesnotexist,bafybeid57gpbwi4i6bg7g35hhhhhhhhhhhhhhhhhhhhhhhdoesnotexisq",
    "BAFYREIB7AFKD5HEPL45WDTWWPAI433BHNBD3PS5M2RV3MASCTDA7B6MMXE,bafyreib7afkd5hepl45wdtwwpai433bhnbd3ps5m2rv3masctda7b6mmxe",
    "f01551220e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855,bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku"
  })
  void givenAnotherTextOfACid_whenParsed_thenItPrintsTheUsualOne(String text, String usual) {
    assertThat(Cid.fromText(text)).hasToString(usual);
  }
}

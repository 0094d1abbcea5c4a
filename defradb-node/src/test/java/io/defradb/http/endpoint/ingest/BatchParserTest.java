package io.defradb.http.endpoint.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.db.DocumentWriter.EncryptionChoice;
import io.defradb.db.ingest.IngestBatch;
import io.defradb.db.ingest.IngestOperation;
import io.defradb.db.ingest.IngestOperation.ByDocId;
import io.defradb.db.ingest.IngestOperation.ByKey;
import io.defradb.db.ingest.IngestOperation.Kind;
import io.defradb.db.ingest.SourcePartition;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchParserTest {
  private static final String POSITION =
      "\"position\":{\"sink\":\"orders\",\"clusterId\":\"c\",\"topic\":\"t\",\"topicId\":\"\","
          + "\"partition\":3}";

  private static IngestBatch parse(String json) {
    return BatchParser.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  private static IngestOperation operation(String members) {
    return parse("{" + POSITION + ",\"operations\":[{" + members + "}]}").operations().get(0);
  }

  private static void assertRefused(ErrorCode code, String json) {
    assertThatThrownBy(() -> parse(json))
        .isInstanceOfSatisfying(DefraException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void theBatchOfTheContractIsRead() {
    IngestBatch batch =
        parse(
            "{"
                + POSITION
                + """
                ,"adopt":true,"operations":[
                  {"op":"upsert","collection":"User","offset":42,
                   "key":{"id":"u1"},"document":{"name":"Bob"},"increments":{"visits":1}},
                  {"op":"delete","collection":"User","offset":43,"docID":"bae-1"}],
                "upTo":57}\
                """);
    assertThat(batch)
        .isEqualTo(
            new IngestBatch(
                new SourcePartition("orders", "c", "t", "", 3),
                true,
                batch.operations(),
                OptionalLong.of(57)));
    assertThat(batch.operations())
        .containsExactly(
            new IngestOperation(
                Kind.UPSERT,
                "User",
                42,
                new ByKey(Bytes.utf8("{\"id\":\"u1\"}"), false),
                Bytes.utf8("{\"name\":\"Bob\"}"),
                Bytes.utf8("{\"visits\":1}")),
            new IngestOperation(Kind.DELETE, "User", 43, new ByDocId("bae-1"), null, null));
  }

  @Test
  void anOperationSaysWhatIsEncrypted() {
    IngestOperation read =
        parse(
                """
                {"position":{"sink":"s","clusterId":"","topic":"t","topicId":"","partition":0},
                "operations":[{"op":"upsert","collection":"User","offset":1,"key":{"id":"u1"},
                "encrypt":true,"encryptFields":["name","age"]}]}\
                """)
            .operations()
            .get(0);
    assertThat(read.encryption()).isEqualTo(new EncryptionChoice(true, Set.of("name", "age")));
  }

  @Test
  void objectsAreCutOutByteForByte() {
    String document =
        "{ \"ü\\u00e9\" : \"sn\u00f6w \u2603 \ud83d\ude00 }{\\\"\" , \"n\":{\"a\":[1, {}, \"]\"]}"
            + " }";
    IngestOperation read =
        operation(
            "\"document\": "
                + document
                + " ,\"match\":\"index\",\"key\":{\"k\":1e3},\"offset\":0,"
                + "\"collection\":\"Ü\",\"op\":\"create\"");
    assertThat(read.document()).isEqualTo(Bytes.utf8(document));
    assertThat(read.target()).isEqualTo(new ByKey(Bytes.utf8("{\"k\":1e3}"), true));
    assertThat(read.collection()).isEqualTo("Ü");
  }

  @Test
  void nullStandsForNoObject() {
    assertThat(
            operation(
                    "\"op\":\"upsert\",\"collection\":\"User\",\"offset\":1,\"key\":{},"
                        + "\"document\":null")
                .document())
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"op\":\"upsert\",\"collection\":\"User\",\"offset\":1",
        "\"op\":\"upsert\",\"collection\":\"User\",\"offset\":1,\"key\":{},\"docID\":\"bae-1\"",
        "\"op\":\"update\",\"collection\":\"User\",\"offset\":1,\"docID\":\"b\",\"match\":\"index\"",
        "\"op\":\"merge\",\"collection\":\"User\",\"offset\":1,\"key\":{}",
        "\"op\":\"upsert\",\"offset\":1,\"key\":{}",
        "\"op\":\"upsert\",\"collection\":\"User\",\"key\":{}",
        "\"op\":\"upsert\",\"collection\":\"User\",\"offset\":1.5,\"key\":{}",
        "\"op\":\"upsert\",\"collection\":\"User\",\"offset\":\"1\",\"key\":{}",
        "\"op\":\"upsert\",\"collection\":\"User\",\"offset\":1,\"key\":[]",
        "\"op\":\"upsert\",\"collection\":\"User\",\"offset\":1,\"key\":{},\"match\":\"any\"",
        "\"op\":\"upsert\",\"collection\":\"User\",\"offset\":1,\"key\":{},\"doc\":{}"
      })
  void whatIsNoOperationIsRefused(String members) {
    assertRefused(
        ErrorCode.INVALID_ARGUMENT, "{" + POSITION + ",\"operations\":[{" + members + "}]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{\"operations\":[]}",
        "{\"position\":{\"sink\":\"s\",\"topic\":\"t\",\"partition\":0},\"operations\":[]}",
        "{\"position\":{\"sink\":\"\",\"clusterId\":\"\",\"topic\":\"t\",\"topicId\":\"\","
            + "\"partition\":0},\"operations\":[]}",
        "{\"position\":{\"sink\":\"s\",\"clusterId\":\"\",\"topic\":\"t\",\"topicId\":\"\","
            + "\"partition\":-1},\"operations\":[]}",
        "{\"position\":5,\"operations\":[]}",
        "{\"adopt\":1}",
        "{\"more\":1}"
      })
  void whatIsNoBatchIsRefused(String json) {
    assertRefused(ErrorCode.INVALID_ARGUMENT, json);
  }

  /**
   * Cut off anywhere, or with any byte changed, it is an error that names a code, never a crash.
   */
  @Test
  void damagedBodiesAreRefusedOrReadButNeverHarm() {
    byte[] whole =
        ("{"
                + POSITION
                + ",\"operations\":[{\"op\":\"upsert\",\"collection\":\"User\",\"offset\":1,"
                + "\"key\":{\"id\":\"\u00fc\"},\"document\":{\"a\":[1,2]}}],\"upTo\":2}")
            .getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> BatchParser.parse(cut)).isInstanceOf(DefraException.class);
    }
    for (int i = 0; i < whole.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] changed = whole.clone();
        changed[i] ^= (byte) (1 << bit);
        try {
          BatchParser.parse(changed);
        } catch (DefraException refused) {
          assertThat(refused.code()).isIn(ErrorCode.INVALID_JSON, ErrorCode.INVALID_ARGUMENT);
        }
      }
    }
  }

  @Test
  void moreThanTheMostOperationsAreTooLarge() {
    String one = "{\"op\":\"delete\",\"collection\":\"U\",\"offset\":1,\"docID\":\"b\"}";
    assertThat(parse("{" + POSITION + ",\"operations\":[" + many(one, 10_000) + "]}").operations())
        .hasSize(10_000);
    assertRefused(
        ErrorCode.TOO_LARGE, "{" + POSITION + ",\"operations\":[" + many(one, 10_001) + "]}");
  }

  private static String many(String one, int count) {
    return (one + ",").repeat(count - 1) + one;
  }
}

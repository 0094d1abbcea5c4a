package io.defradb.db.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.document.DocId;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogCodecPropertyTest {

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void entriesComeBackAsTheyWere(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      LogEntry entry = entry(random);
      assertThat(decode(entry.seq(), LogCodec.encode(entry))).isEqualTo(entry);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void imagesComeBackAsTheyWere(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      var image =
          new LogImage(
              random.nextBoolean() ? null : fields(random),
              random.nextBoolean() ? null : fields(random));
      assertThat(LogCodec.decodeImage(LogCodec.encode(image))).isEqualTo(image);
    }
  }

  @Test
  void whatIsCutOffOrDamagedIsCorruptAndNothingElse() {
    var random = new Random(4);
    for (int i = 0; i < 50; i++) {
      byte[] bytes = LogCodec.encode(entry(random));
      for (int length = 0; length < bytes.length; length++) {
        assertCorrupt(Arrays.copyOf(bytes, length));
      }
    }
    assertCorrupt(new byte[] {2, 0, 0, 0});
    assertCorrupt(new byte[] {1, 9, 0, 0});
  }

  private static LogEntry decode(long seq, byte[] bytes) {
    return LogCodec.decode(seq, new ByteSource(bytes));
  }

  private static void assertCorrupt(byte[] bytes) {
    assertThatThrownBy(() -> decode(1, bytes))
        .isInstanceOfSatisfying(
            DefraException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT));
  }

  @Test
  void theImageBeforeIsTheImageAfterWithWhatChangedLaidOverIt() {
    var after =
        sorted(Map.of("age", Bytes.hex("02"), "name", Bytes.hex("6161"), "new", Bytes.hex("01")));
    var changed =
        sorted(Map.of("age", Bytes.hex("01"), "new", Bytes.hex("f6"), "old", Bytes.hex("03")));
    assertThat(new LogImage(after, changed).before())
        .isEqualTo(
            sorted(
                Map.of("age", Bytes.hex("01"), "name", Bytes.hex("6161"), "old", Bytes.hex("03"))));
    assertThat(new LogImage(after, null).before()).isNull();
    assertThat(new LogImage(null, changed).before()).isEqualTo(changed);
  }

  private static SortedMap<String, Bytes> sorted(Map<String, Bytes> fields) {
    return new TreeMap<>(fields);
  }

  static LogEntry entry(Random random) {
    int size = 1 + random.nextInt(200);
    return new LogEntry(
        1 + random.nextInt(1_000_000),
        random.nextInt(size),
        size,
        one(random, LogEntry.Kind.values()),
        one(random, LogEntry.Op.values()),
        random.nextBoolean() ? null : cid(random),
        random.nextBoolean() ? null : new DocId("bae-" + random.nextLong()),
        "version" + random.nextInt(),
        texts(random),
        random.nextLong() >>> random.nextInt(64),
        cids(random),
        Instant.ofEpochSecond(random.nextInt(2_000_000_000), random.nextInt(1_000_000_000)),
        one(
            random,
            new Origin[] {Origin.LOCAL, new Origin.Remote("12D3"), new Origin.Ingest("süß")}),
        random.nextBoolean() ? null : "did:key:z6Mk",
        random.nextBoolean(),
        random.nextBoolean(),
        conflicts(random));
  }

  private static List<Conflict> conflicts(Random random) {
    return IntStream.range(0, random.nextInt(3))
        .mapToObj(
            i ->
                new Conflict("field" + i, random.nextBoolean(), cid(random), Bytes.hex("63616263")))
        .toList();
  }

  private static <E> E one(Random random, E[] values) {
    return values[random.nextInt(values.length)];
  }

  private static Cid cid(Random random) {
    byte[] bytes = new byte[8];
    random.nextBytes(bytes);
    return Cid.of(Cid.DAG_CBOR, bytes);
  }

  private static List<Cid> cids(Random random) {
    var cids = new ArrayList<Cid>();
    for (int i = random.nextInt(4); i > 0; i--) {
      cids.add(cid(random));
    }
    return cids;
  }

  private static List<String> texts(Random random) {
    var texts = new ArrayList<String>();
    for (int i = random.nextInt(5); i > 0; i--) {
      texts.add("field" + random.nextInt());
    }
    return texts;
  }

  private static SortedMap<String, Bytes> fields(Random random) {
    var fields = new TreeMap<String, Bytes>();
    for (String name : texts(random)) {
      byte[] value = new byte[random.nextInt(300)];
      random.nextBytes(value);
      fields.put(name, Bytes.wrap(value));
    }
    return fields;
  }
}

package io.defradb.dag;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.crdt.Delta;
import io.defradb.document.DocId;
import io.defradb.error.DefraException;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockCodecPropertyTest {
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void givenAnyBlock_whenEncodedAndDecoded_thenItIsTheSame(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      Block block = block(random);
      assertThat(BlockCodec.decode(BlockCodec.encode(block))).as("seed %d", seed).isEqualTo(block);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void givenDamagedBytes_whenDecoded_thenTheyAreRefusedOrAreTheirOwnEncoding(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = BlockCodec.encode(block(random));
      byte[] damaged = Arrays.copyOf(bytes, bytes.length - random.nextInt(2) * random.nextInt(9));
      for (int flips = random.nextInt(3); flips >= 0; flips--) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      try {
        assertThat(BlockCodec.encode(BlockCodec.decode(damaged)))
            .as("seed %d", seed)
            .isEqualTo(damaged);
      } catch (DefraException refused) {
        assertThat(refused.getMessage()).as("seed %d", seed).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33})
  void givenAnEncodedBlock_whenItsSignatureIsAdded_thenTheBytesAreThoseOfTheSignedBlock(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      Block any = block(random);
      Cid signature = cid(random);
      Block plain = new Block(any.delta(), any.heads(), any.links(), any.encryption(), null);
      Block signed = new Block(any.delta(), any.heads(), any.links(), any.encryption(), signature);
      assertThat(BlockCodec.withSignature(plain, BlockCodec.encode(plain), signature))
          .as("seed %d", seed)
          .isEqualTo(BlockCodec.encode(signed));
    }
  }

  private static Block block(Random random) {
    return new Block(
        delta(random),
        Stream.generate(() -> cid(random)).limit(random.nextInt(4)).toList(),
        links(random),
        random.nextInt(3) == 0 ? cid(random) : null,
        random.nextInt(3) == 0 ? cid(random) : null);
  }

  private static List<DagLink> links(Random random) {
    return Stream.generate(() -> new DagLink(text(random), cid(random)))
        .limit(random.nextInt(30))
        .toList();
  }

  private static Delta delta(Random random) {
    var docId = new DocId(text(random));
    String version = text(random);
    long priority = random.nextLong() >>> random.nextInt(64);
    return switch (random.nextInt(4)) {
      case 0 -> new Delta.Lww(docId, text(random), priority, version, bytes(random));
      case 1 ->
          new Delta.Counter(
              docId, text(random), priority, random.nextLong() >>> 1, version, bytes(random));
      case 2 -> new Delta.Composite(docId, priority, version, random.nextInt(256));
      default -> new Delta.Collection(priority, version);
    };
  }

  private static Cid cid(Random random) {
    return Cid.of(Cid.DAG_CBOR, bytes(random).toArray());
  }

  private static Bytes bytes(Random random) {
    byte[] bytes = new byte[random.nextInt(1 << random.nextInt(10))];
    random.nextBytes(bytes);
    return Bytes.wrap(bytes);
  }

  private static String text(Random random) {
    return random.nextBoolean() ? "name" : "é😀x\u0000".repeat(random.nextInt(20));
  }
}

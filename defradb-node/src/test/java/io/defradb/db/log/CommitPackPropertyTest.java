package io.defradb.db.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Cid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitPackPropertyTest {

  /** Bytes with CIDs of earlier blocks in them, of unknown ones, and beginnings of CIDs. */
  private static List<byte[]> blocks(Random random) {
    List<byte[]> blocks = new ArrayList<>();
    for (int count = random.nextInt(12); count > 0; count--) {
      var block = new ByteSink();
      for (int part = random.nextInt(5); part > 0; part--) {
        byte[] noise = new byte[random.nextInt(40)];
        random.nextBytes(noise);
        byte[] named =
            blocks.isEmpty() || random.nextInt(4) == 0
                ? noise
                : blocks.get(random.nextInt(blocks.size()));
        byte[] cid = Cid.of(Cid.DAG_CBOR, named).toBytes();
        block.raw(noise).raw(cid, 0, random.nextInt(5) == 0 ? random.nextInt(36) : 36);
      }
      blocks.add(block.toBytes());
    }
    return blocks;
  }

  private static List<Cid> cids(List<byte[]> blocks) {
    return blocks.stream().map(block -> Cid.of(Cid.DAG_CBOR, block)).toList();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void entryAndBlocksComeBackAsTheyWere(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      LogEntry entry = LogCodecPropertyTest.entry(random);
      List<byte[]> blocks = blocks(random);
      byte[] stored = CommitPack.encode(entry, cids(blocks), blocks);

      CommitPack pack = CommitPack.decode(stored);

      assertThat(CommitPack.entry(entry.seq(), stored)).isEqualTo(entry);
      assertThat(pack.entry(entry.seq())).isEqualTo(entry);
      assertThat(pack.size()).isEqualTo(blocks.size());
      for (int place = 0; place < blocks.size(); place++) {
        assertThat(pack.block(place)).isEqualTo(blocks.get(place));
        assertThat(pack.holds(place, cids(blocks).get(place))).isTrue();
      }
    }
  }

  @Test
  void givenBlocksThatNameEachOther_whenPacked_thenTheirDigestsTakeNoRoom() {
    var random = new Random(5);
    LogEntry entry = LogCodecPropertyTest.entry(random);
    List<byte[]> blocks = new ArrayList<>(List.of(new byte[] {7}));
    for (int i = 0; i < 10; i++) {
      byte[] named = Cid.of(Cid.DAG_CBOR, blocks.get(i)).toBytes();
      blocks.add(named);
    }

    int packed = CommitPack.encode(entry, cids(blocks), blocks).length;

    int alone = CommitPack.encode(entry, List.of(), List.of()).length;
    assertThat(packed - alone).isLessThan(5 * Cid.DIGEST_BYTES);
  }

  @Test
  void givenAnotherCid_whenAskedForItsPlace_thenItIsNotHeld() {
    var random = new Random(6);
    byte[] block = {1, 2, 3};
    List<byte[]> blocks = List.of(block);
    CommitPack pack =
        CommitPack.decode(
            CommitPack.encode(LogCodecPropertyTest.entry(random), cids(blocks), blocks));

    assertThat(pack.holds(0, Cid.of(Cid.DAG_CBOR, new byte[] {4}))).isFalse();
    assertThat(pack.holds(1, cids(blocks).get(0))).isFalse();
  }

  @Test
  void whatIsCutOffOrDamagedIsCorruptOrReadButNothingElse() {
    var random = new Random(4);
    for (int i = 0; i < 20; i++) {
      List<byte[]> blocks = blocks(random);
      byte[] stored = CommitPack.encode(LogCodecPropertyTest.entry(random), cids(blocks), blocks);
      for (int length = 0; length < stored.length; length++) {
        byte[] cut = Arrays.copyOf(stored, length);
        assertThatThrownBy(() -> CommitPack.decode(cut))
            .isInstanceOfSatisfying(
                DefraException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT));
        byte[] damaged = stored.clone();
        damaged[length] ^= (byte) (1 << random.nextInt(8));
        try {
          CommitPack.decode(damaged);
        } catch (DefraException e) {
          assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT);
        }
      }
    }
  }
}

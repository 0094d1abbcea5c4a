package io.defradb.db.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.crdt.Counter;
import io.defradb.crdt.Delta;
import io.defradb.crdt.LwwRegister;
import io.defradb.crypto.AesGcm;
import io.defradb.dag.Block;
import io.defradb.dag.BlockCodec;
import io.defradb.dag.DagLink;
import io.defradb.dag.EncryptionBlock;
import io.defradb.db.keys.BlockPack;
import io.defradb.db.keys.Columns;
import io.defradb.db.keys.DocumentRecord;
import io.defradb.db.keys.Head;
import io.defradb.db.log.LogEntry;
import io.defradb.document.FieldKind;
import io.defradb.document.ValueCbor;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.schema.CollectionField;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.SchemaFieldKind;
import io.defradb.storage.Snapshot;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** A document made again from nothing but its blocks, written apart from what it checks. */
final class ReplayedDocument {
  private final Snapshot snapshot;
  private final SortedMap<String, Bytes> values = new TreeMap<>();
  private final Map<String, Long> priorities = new HashMap<>();
  private final Map<String, Cid> fieldHeads = new HashMap<>();
  private List<Cid> heads = List.of();
  private boolean isDeleted;
  private long lastSeq;

  /** {@code snapshot}: holds the keys of encrypted blocks. */
  ReplayedDocument(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** What the commit did. */
  LogEntry.Op apply(
      LogEntry entry, Block composite, Map<Cid, byte[]> blocks, CollectionVersion version) {
    boolean isNew = lastSeq == 0;
    assertThat(composite.heads()).as("heads before %d", entry.seq()).isEqualTo(heads);
    assertThat(composite.links().stream().map(DagLink::name).sorted())
        .as("fields of %d", entry.seq())
        .isEqualTo(entry.fields());
    for (DagLink link : composite.links()) {
      byte[] bytes = blocks.get(link.cid());
      assertThat(bytes).as("block of %s in %d", link.name(), entry.seq()).isNotNull();
      apply(link, BlockCodec.decode(bytes), version);
    }
    boolean wasDeleted = isDeleted;
    isDeleted |= ((Delta.Composite) composite.delta()).isDelete();
    heads = List.of(Objects.requireNonNull(entry.cid()));
    lastSeq = entry.seq();
    if (isNew) {
      return LogEntry.Op.CREATE;
    }
    return isDeleted && !wasDeleted ? LogEntry.Op.DELETE : LogEntry.Op.UPDATE;
  }

  private void apply(DagLink link, Block block, CollectionVersion version) {
    String name = link.name();
    CollectionField field = version.field(name).orElseThrow();
    FieldKind kind = ((SchemaFieldKind.Scalar) field.kind()).kind();
    assertThat(block.heads())
        .isEqualTo(fieldHeads.containsKey(name) ? List.of(fieldHeads.get(name)) : List.of());
    long priority = block.delta().priority();
    Bytes current = values.getOrDefault(name, ValueCbor.NULL);
    if (block.delta() instanceof Delta.Counter counter) {
      Bytes amount = plain(block, counter.data());
      var sum =
          Counter.add(
              field.crdt(), kind, ValueCbor.decode(kind, current), ValueCbor.decode(kind, amount));
      values.put(name, Bytes.wrap(ValueCbor.encode(kind, sum)));
    } else {
      Bytes data = plain(block, ((Delta.Lww) block.delta()).data());
      if (LwwRegister.wins(priorities.getOrDefault(name, 0L), current, priority, data)) {
        values.put(name, data);
      }
    }
    priorities.put(name, priority);
    fieldHeads.put(name, link.cid());
  }

  private Bytes plain(Block block, Bytes data) {
    Cid encryption = block.encryption();
    if (encryption == null) {
      return data;
    }
    byte[] key = snapshot.get(Columns.ENCRYPTION, BlockPack.key(encryption));
    assertThat(key).as("key %s", encryption).isNotNull();
    byte[] sealed = data.unsafeArray();
    return Bytes.wrap(
        AesGcm.open(
            EncryptionBlock.decode(key).key().toArray(),
            Arrays.copyOf(sealed, AesGcm.NONCE_BYTES),
            new byte[0],
            Arrays.copyOfRange(sealed, AesGcm.NONCE_BYTES, sealed.length)));
  }

  boolean isDeleted() {
    return isDeleted;
  }

  long lastSeq() {
    return lastSeq;
  }

  /** Every field that is not null. */
  SortedMap<String, Bytes> setValues() {
    SortedMap<String, Bytes> set = new TreeMap<>(values);
    set.values().removeIf(ValueCbor.NULL::equals);
    return set;
  }

  /** Compares with what is stored; {@code version}: names the fields by their numbers. */
  void requireEqual(DocumentRecord record, CollectionVersion version) {
    assertThat(record.isDeleted()).isEqualTo(isDeleted);
    assertThat(record.lastSeq()).isEqualTo(lastSeq);
    assertThat(record.heads().stream().map(Head::cid)).isEqualTo(heads);
    SortedMap<String, Bytes> stored = new TreeMap<>();
    record
        .fields()
        .forEach(
            (number, field) -> {
              String name = version.fields().get(number).name();
              stored.put(name, field.value());
              assertThat(field.heads().stream().map(Head::cid))
                  .isEqualTo(List.of(fieldHeads.get(name)));
            });
    assertThat(stored).isEqualTo(values);
  }
}

package io.defradb.db.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.crdt.Counter;
import io.defradb.crdt.Delta;
import io.defradb.crypto.AesGcm;
import io.defradb.dag.Block;
import io.defradb.dag.BlockCodec;
import io.defradb.dag.DagLink;
import io.defradb.dag.EncryptionBlock;
import io.defradb.db.keys.BlockPlace;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A document made again from nothing but its blocks, in a way of its own: from the whole set of
 * blocks each time, so that the order in which they were applied cannot matter.
 */
final class ReplayedDocument {
  private final Snapshot snapshot;
  private final SortedMap<String, Bytes> values = new TreeMap<>();
  private final Map<String, List<Part>> parts = new HashMap<>();
  private final Set<Cid> composites = new HashSet<>();
  private final Set<Cid> named = new HashSet<>();
  private final Set<Cid> known = new HashSet<>();
  private boolean isDeleted;
  private long lastSeq;

  /** A field's block that was applied. */
  private record Part(Cid cid, Block block) {}

  /** {@code snapshot}: holds the keys of encrypted blocks. */
  ReplayedDocument(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** What the commit did. */
  LogEntry.Op apply(
      LogEntry entry, Block composite, Map<Cid, byte[]> blocks, CollectionVersion version) {
    boolean isNew = lastSeq == 0;
    assertThat(composites).as("parents of %d", entry.seq()).containsAll(composite.heads());
    assertThat(composite.links().stream().map(DagLink::name).sorted())
        .as("fields of %d", entry.seq())
        .isEqualTo(entry.fields());
    for (DagLink link : composite.links()) {
      byte[] bytes = blocks.get(link.cid());
      boolean isFirst = known.add(link.cid());
      assertThat(bytes == null)
          .as("block of %s in %d, stored once", link.name(), entry.seq())
          .isEqualTo(!isFirst);
      if (isFirst) {
        apply(link, BlockCodec.decode(bytes), version);
      }
    }
    boolean wasDeleted = isDeleted;
    isDeleted |= ((Delta.Composite) composite.delta()).isDelete();
    assertThat(composites.add(Objects.requireNonNull(entry.cid())))
        .as("%d is applied once", entry.seq())
        .isTrue();
    named.addAll(composite.heads());
    lastSeq = entry.seq();
    assertThat(entry.isDeleted()).as("deleted before %d", entry.seq()).isEqualTo(wasDeleted);
    if (isNew) {
      return LogEntry.Op.CREATE;
    }
    return isDeleted && !wasDeleted ? LogEntry.Op.DELETE : LogEntry.Op.UPDATE;
  }

  private void apply(DagLink link, Block block, CollectionVersion version) {
    String name = link.name();
    CollectionField field = version.field(name).orElseThrow();
    FieldKind kind = ((SchemaFieldKind.Scalar) field.kind()).kind();
    List<Part> chain = parts.computeIfAbsent(name, any -> new ArrayList<>());
    Set<Cid> before = new HashSet<>();
    chain.forEach(part -> before.add(part.cid()));
    assertThat(before).as("parents of %s", link.cid()).containsAll(block.heads());
    named.addAll(block.heads());
    chain.add(new Part(link.cid(), block));
    chain.sort(
        Comparator.comparing((Part part) -> part.block().delta().priority())
            .thenComparing(Part::cid));
    values.put(name, field.crdt().isCounter() ? sum(field, kind, chain) : greatest(chain));
  }

  private Bytes sum(CollectionField field, FieldKind kind, List<Part> chain) {
    Bytes sum = ValueCbor.NULL;
    for (Part part : chain) {
      Bytes amount = plain(part.block(), ((Delta.Counter) part.block().delta()).data());
      sum =
          Bytes.wrap(
              ValueCbor.encode(
                  kind,
                  Counter.add(
                      field.crdt(),
                      kind,
                      ValueCbor.decode(kind, sum),
                      ValueCbor.decode(kind, amount))));
    }
    return sum;
  }

  private Bytes greatest(List<Part> chain) {
    long priority = chain.get(chain.size() - 1).block().delta().priority();
    Bytes greatest = ValueCbor.NULL;
    boolean isFirst = true;
    for (Part part : chain) {
      Bytes data = plain(part.block(), ((Delta.Lww) part.block().delta()).data());
      boolean isOfLast = part.block().delta().priority() == priority;
      if (isOfLast && (isFirst || data.compareTo(greatest) > 0)) {
        greatest = data;
        isFirst = false;
      }
    }
    return greatest;
  }

  private Set<Cid> heads(Iterable<Cid> chain) {
    Set<Cid> heads = new HashSet<>();
    chain.forEach(heads::add);
    heads.removeAll(named);
    return heads;
  }

  private Bytes plain(Block block, Bytes data) {
    Cid encryption = block.encryption();
    if (encryption == null) {
      return data;
    }
    byte[] key = snapshot.get(Columns.ENCRYPTION, BlockPlace.key(encryption));
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
    assertThat(record.heads().stream().map(Head::cid))
        .containsExactlyInAnyOrderElementsOf(heads(composites));
    SortedMap<String, Bytes> stored = new TreeMap<>();
    record
        .fields()
        .forEach(
            (number, field) -> {
              String name = version.fields().get(number).name();
              stored.put(name, field.value());
              assertThat(field.heads().stream().map(Head::cid))
                  .containsExactlyInAnyOrderElementsOf(
                      heads(parts.get(name).stream().map(Part::cid).toList()));
            });
    assertThat(stored).isEqualTo(values);
  }
}

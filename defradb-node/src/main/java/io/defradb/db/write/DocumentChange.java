package io.defradb.db.write;

import io.defradb.crdt.Delta;
import io.defradb.dag.Block;
import io.defradb.dag.DagLink;
import io.defradb.db.DocumentWriter.EncryptionChoice;
import io.defradb.db.apply.ApplyTarget;
import io.defradb.db.apply.CollectionApplier;
import io.defradb.db.apply.Commit;
import io.defradb.db.apply.DocumentApplier;
import io.defradb.db.apply.HeadSet;
import io.defradb.db.keys.DocumentRecord;
import io.defradb.document.DocId;
import io.defradb.document.ValueCbor;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.schema.CollectionVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One document being changed by one commit: its blocks are made and applied. For one thread. */
final class DocumentChange {
  private final Tools tools;
  private final ApplyTarget target;
  private final CollectionVersion collection;
  private final DocId docId;
  private final boolean isCreate;
  private final EncryptionChoice encryption;
  private final DocumentApplier applier;
  private final List<Commit.Encoded> blocks = new ArrayList<>();
  private final List<DagLink> links = new ArrayList<>();
  private final DeltaKeys.@Nullable DeltaKey documentKey;

  /** What blocks are made with. */
  record Tools(BlockMaker blocks, WriteRandom random, DeltaKeys keys, ChainKeys chainKeys) {}

  /** {@code record}: {@code null} for a create. */
  DocumentChange(
      Tools tools,
      ApplyTarget target,
      CollectionVersion collection,
      DocId docId,
      byte[] key,
      @Nullable DocumentRecord record,
      EncryptionChoice encryption) {
    this.tools = tools;
    this.target = target;
    this.collection = collection;
    this.docId = docId;
    this.isCreate = record == null;
    this.encryption = encryption;
    this.applier = new DocumentApplier(target, collection, docId, key, record);
    this.documentKey = encryption.isWholeDocument() ? tools.keys().create(docId, null) : null;
  }

  /** Values of fields by place that are kept as if stored, without a commit of their own. */
  void keepLocally(Map<Integer, Bytes> byPlace) {
    Map<Integer, Bytes> values = new HashMap<>();
    byPlace.forEach((place, value) -> values.put(collection.fieldNumber(place), value));
    Map<Integer, DocumentRecord.Field> fields = applier.state().record().fields();
    fields.replaceAll(
        (number, field) ->
            values.containsKey(number)
                ? field
                : new DocumentRecord.Field(ValueCbor.NULL, field.priority(), field.heads()));
    values.forEach(
        (number, value) -> {
          DocumentRecord.Field old = fields.get(number);
          fields.put(
              number,
              old == null
                  ? new DocumentRecord.Field(value, 0, List.of())
                  : new DocumentRecord.Field(value, old.priority(), old.heads()));
        });
  }

  void writeFields(Iterable<FieldInput.Written> fields) {
    List<Block> made = new ArrayList<>();
    List<Boolean> signed = new ArrayList<>();
    List<Bytes> plain = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (FieldInput.Written field : fields) {
      Bytes data = Bytes.wrap(ValueCbor.encode(field.kind(), field.value()));
      Block block = fieldBlock(field, data);
      made.add(block);
      signed.add(block.delta().priority() == 1);
      plain.add(data);
      names.add(field.field().name());
    }
    List<BlockMaker.Made> encoded = tools.blocks().makeAll(made, signed);
    for (int i = 0; i < encoded.size(); i++) {
      BlockMaker.Made block = encoded.get(i);
      block.addTo(blocks);
      links.add(new DagLink(names.get(i), block.cid()));
      applier.state().applyField(block.cid(), made.get(i), plain.get(i));
    }
  }

  private Block fieldBlock(FieldInput.Written field, Bytes plain) {
    HeadSet heads = applier.state().heads(field.number());
    String name = field.field().name();
    DeltaKeys.DeltaKey key = deltaKey(name, heads);
    Bytes data = key == null ? plain : tools.keys().seal(key, plain.unsafeArray());
    long height = heads.nextHeight();
    Delta delta;
    if (field.crdt().isCounter()) {
      long nonce = isCreate ? 0 : tools.random().counterNonce();
      delta = new Delta.Counter(docId, name, height, nonce, collection.versionId(), data);
    } else {
      delta = new Delta.Lww(docId, name, height, collection.versionId(), data);
    }
    return new Block(delta, heads.cids(), List.of(), key == null ? null : key.cid(), null);
  }

  /** A create chooses; later blocks take the key of their chain. */
  private DeltaKeys.@Nullable DeltaKey deltaKey(String fieldName, HeadSet heads) {
    if (isCreate) {
      boolean isOwn = encryption.fields().contains(fieldName);
      return isOwn ? tools.keys().create(docId, fieldName) : documentKey;
    }
    return tools.chainKeys().inherited(heads.heads());
  }

  /** Makes and applies the composite, and the collection's commit where it has a chain. */
  void finish(long status) {
    HeadSet heads = applier.state().heads();
    DeltaKeys.DeltaKey key = isCreate ? documentKey : tools.chainKeys().inherited(heads.heads());
    links.sort(Comparator.comparing(DagLink::cid));
    var composite =
        new Block(
            new Delta.Composite(docId, heads.nextHeight(), collection.versionId(), status),
            heads.cids(),
            links,
            key == null ? null : key.cid(),
            null);
    BlockMaker.Made made = tools.blocks().make(composite, true);
    made.addTo(blocks);
    applier.finish(made.cid(), composite, blocks, tools.blocks().did(), List.of());
    applier.store(
        violation -> {
          throw violation;
        });
    if (collection.isBranchable()) {
      extendCollection(made.cid());
    }
  }

  /** The step of a branchable collection's own chain that covers one composite. */
  private void extendCollection(Cid composite) {
    var chain = new CollectionApplier(target, collection);
    HeadSet heads = chain.heads();
    DeltaKeys.DeltaKey inherited = tools.chainKeys().inherited(heads.heads());
    DeltaKeys.DeltaKey key =
        inherited != null || !encryption.isWholeDocument()
            ? inherited
            : tools.keys().create(new DocId(""), null);
    var block =
        new Block(
            new Delta.Collection(heads.nextHeight(), collection.versionId()),
            heads.cids(),
            List.of(new DagLink("", composite)),
            key == null ? null : key.cid(),
            null);
    BlockMaker.Made made = tools.blocks().make(block, true);
    List<Commit.Encoded> encoded = new ArrayList<>();
    made.addTo(encoded);
    chain.apply(made.cid(), block, encoded, tools.blocks().did());
  }
}

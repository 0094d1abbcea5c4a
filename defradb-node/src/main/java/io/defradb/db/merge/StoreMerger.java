package io.defradb.db.merge;

import io.defradb.crdt.Delta;
import io.defradb.dag.Block;
import io.defradb.dag.BlockCodec;
import io.defradb.dag.EncryptionBlock;
import io.defradb.dag.SignatureCheck;
import io.defradb.db.BlockMerger;
import io.defradb.db.CommitReader;
import io.defradb.db.LocalState;
import io.defradb.db.MergeOutcome;
import io.defradb.db.apply.ApplyTarget;
import io.defradb.db.apply.CollectionApplier;
import io.defradb.db.apply.Commit;
import io.defradb.db.ingest.Generations;
import io.defradb.db.keys.BlockPlace;
import io.defradb.db.keys.Columns;
import io.defradb.db.keys.DocumentRecord;
import io.defradb.db.log.LogEntry;
import io.defradb.document.DocId;
import io.defradb.document.FieldKind;
import io.defradb.document.Value;
import io.defradb.document.ValueCbor;
import io.defradb.error.DefraException;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.schema.CollectionField;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.SchemaFieldKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Merges inside one transaction. For one thread. */
public final class StoreMerger implements BlockMerger {
  private static final long BYTES_MAX = 32L << 20;

  private final ApplyTarget target;
  private final LocalState local;
  private final MergeSource source;
  private final MergeTools tools;

  /** {@code commits}: reads what is stored. */
  public StoreMerger(
      ApplyTarget target, CommitReader commits, LocalState local, SignatureCheck signatures) {
    this.target = target;
    this.local = local;
    this.source = new MergeSource(target.overlay(), commits);
    this.tools = new MergeTools(target.overlay(), source, signatures, new HashMap<>());
  }

  @Override
  public boolean isApplied(Cid cid) {
    return source.isApplied(cid);
  }

  @Override
  public boolean isStored(Cid cid) {
    return source.isStored(cid);
  }

  @Override
  public void keep(Cid cid, Bytes block) {
    if (!source.isStored(cid)) {
      target.overlay().put(Columns.PENDING, BlockPlace.key(cid), block.unsafeArray());
    }
  }

  @Override
  public void keepKey(Bytes encryptionBlock) {
    byte[] bytes = encryptionBlock.unsafeArray();
    EncryptionBlock.decode(bytes);
    target.overlay().put(Columns.ENCRYPTION, BlockPlace.key(BlockCodec.cid(bytes)), bytes);
  }

  @Override
  public @Nullable Bytes key(Cid encryption) {
    byte[] stored = target.overlay().getUntracked(Columns.ENCRYPTION, BlockPlace.key(encryption));
    return stored == null ? null : Bytes.wrap(stored);
  }

  @Override
  public MergeOutcome merge(
      CollectionVersion collection, Cid tip, Map<Cid, Bytes> fetched, int commitsMax) {
    source.setFetched(fetched);
    MergePlan plan = MergePlan.of(source, tip);
    if (!plan.missing().isEmpty()) {
      return new MergeOutcome.MissingBlocks(plan.missing());
    }
    if (!plan.missingKeys().isEmpty()) {
      return new MergeOutcome.MissingKeys(plan.missingKeys());
    }
    List<MergePlan.Step> steps = cut(plan.steps(), commitsMax);
    Map<DocId, Integer> lastSteps = new HashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      requireCollection(collection, steps.get(i).block());
      if (steps.get(i).block().delta() instanceof Delta.Composite delta) {
        lastSteps.put(delta.docId(), i);
      }
    }
    Map<DocId, MergedDocument> documents = new LinkedHashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      MergePlan.Step step = steps.get(i);
      if (step.block().delta() instanceof Delta.Composite delta) {
        MergedDocument document =
            documents.computeIfAbsent(
                delta.docId(), docId -> new MergedDocument(tools, target, collection, docId));
        boolean isLast = Integer.valueOf(i).equals(lastSteps.get(delta.docId()));
        LogEntry.Op op = document.apply(step.cid(), step.block(), isLast);
        if (op == LogEntry.Op.CREATE) {
          noteGeneration(collection, document);
        }
      } else {
        applyCollection(collection, step);
      }
    }
    List<DefraException> violations = new ArrayList<>();
    documents.values().forEach(document -> document.store(violations::add));
    return new MergeOutcome.Applied(steps.size(), steps.size() == plan.steps().size(), violations);
  }

  /** The first of the steps, within what a transaction holds; one at least. */
  private List<MergePlan.Step> cut(List<MergePlan.Step> steps, int commitsMax) {
    long bytes = 0;
    for (int i = 0; i < Math.min(steps.size(), commitsMax); i++) {
      Block block = steps.get(i).block();
      for (var link : block.links()) {
        Bytes raw = source.raw(link.cid());
        bytes += raw == null ? 0 : raw.length();
      }
      if (bytes > BYTES_MAX) {
        return steps.subList(0, Math.max(1, i));
      }
    }
    return steps.subList(0, Math.min(steps.size(), commitsMax));
  }

  /** A version that is not known here may be the collection's. */
  private void requireCollection(CollectionVersion collection, Block block) {
    boolean isOther =
        target
            .catalog()
            .byVersionId(block.delta().schemaVersionId())
            .map(version -> !version.collectionId().equals(collection.collectionId()))
            .orElse(false);
    if (isOther || block.delta() instanceof Delta.Collection && !collection.isBranchable()) {
      throw MergeSource.fault("a commit of another collection");
    }
  }

  private void applyCollection(CollectionVersion collection, MergePlan.Step step) {
    List<Commit.Encoded> blocks = new ArrayList<>();
    String signer = tools.store(step.cid(), step.block(), blocks);
    new CollectionApplier(target, collection).apply(step.cid(), step.block(), blocks, signer);
  }

  /** A new life of a business key is known by the first content of its document. */
  private void noteGeneration(CollectionVersion collection, MergedDocument document) {
    if (collection.field("generation").isEmpty()) {
      return;
    }
    Map<String, Value> content = new HashMap<>();
    for (Map.Entry<Integer, DocumentRecord.Field> entry :
        document.state().record().fields().entrySet()) {
      int place = collection.fieldPlace(entry.getKey());
      if (place >= 0) {
        CollectionField field = collection.fields().get(place);
        content.put(field.name(), ValueCbor.decode(kind(field), entry.getValue().value()));
      }
    }
    content.values().removeIf(Value::isNull);
    Generations.note(
        local, content, name -> fieldKind(collection, name), collection.collectionId());
  }

  private static @Nullable FieldKind fieldKind(CollectionVersion collection, String name) {
    Optional<CollectionField> field = collection.field(name);
    return field.isEmpty() ? null : kind(field.get());
  }

  private static FieldKind kind(CollectionField field) {
    return field.kind() instanceof SchemaFieldKind.Scalar scalar ? scalar.kind() : FieldKind.ID;
  }
}

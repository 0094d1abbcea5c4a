package io.defradb.streams.conflict;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.crdt.Delta;
import io.defradb.dag.Block;
import io.defradb.dag.BlockCodec;
import io.defradb.dag.CommitCheck;
import io.defradb.dag.CommitClaim;
import io.defradb.document.JsonWriter;
import io.defradb.document.ValueCbor;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.streams.commits.CommitRecord;
import io.defradb.streams.events.ChangeEvent;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the registers of every document through its commits, and tells what was lost. Commits
 * whose bytes or signatures do not hold accuse nobody: they are passed over.
 *
 * <p>Counters lose nothing and are no register. A delete wins over every change that it did not
 * know, whichever came first.
 */
final class ConflictFinder implements Processor<JsonNode, JsonNode, String, JsonNode> {
  static final String REGISTERS = "registers";
  static final String SEEN = "seen-commits";

  private static final Logger LOG = LoggerFactory.getLogger(ConflictFinder.class);
  private static final String STATUS = "";

  private final ObjectMapper json = new ObjectMapper();
  private final CommitCheck check = new CommitCheck(false, Set.of());
  private @Nullable ProcessorContext<String, JsonNode> context;
  private @Nullable KeyValueStore<String, JsonNode> registers;
  private @Nullable KeyValueStore<String, String> seen;

  @Override
  public void init(ProcessorContext<String, JsonNode> given) {
    context = given;
    registers = given.getStateStore(REGISTERS);
    seen = given.getStateStore(SEEN);
  }

  @Override
  public void process(Record<JsonNode, JsonNode> record) {
    if (record.value() == null || seen == null) {
      return;
    }
    CommitRecord commit = CommitRecord.parse(record.value());
    CommitClaim claim = commit.claim();
    String id = ChangeEvent.docId(record.key()) + "/" + claim.cid();
    if (seen.get(id) != null) {
      return; // delivered again, or told by a new snapshot
    }
    CommitCheck.Verdict verdict = check.verify(claim);
    if (verdict.fault() != null) {
      LOG.warn("The commit {} is passed over: {}", claim.cid(), verdict.fault());
      return;
    }
    seen.put(id, "");
    String peer = commit.peer() == null ? "local" : commit.peer();
    take(commit, verdict.signer() == null ? peer : verdict.signer(), record);
  }

  private void take(CommitRecord commit, String author, Record<JsonNode, JsonNode> record) {
    CommitClaim claim = commit.claim();
    Block composite = BlockCodec.decode(claim.block().unsafeArray());
    if (isDead(commit, composite, author, record)) {
      return;
    }
    for (CommitClaim.Field field : claim.fields()) {
      Block block = BlockCodec.decode(field.block().unsafeArray());
      if (block.delta() instanceof Delta.Lww lww) {
        var write =
            new FieldWrite(
                field.cid(),
                claim.cid(),
                author,
                lww.priority(),
                lww.data(),
                block.encryption() != null);
        Register register = register(claim.docId(), field.name());
        var overwrite = register.take(write, texts(block.heads()), commit.winner() != null);
        keep(claim.docId(), field.name(), register);
        if (overwrite != null) {
          tell(commit, field.name(), overwrite, record);
        }
      }
    }
  }

  /**
   * A document's status is a register in which a delete wins, known or not. True when the document
   * is deleted, so that no field of it is worth a conflict.
   */
  private boolean isDead(
      CommitRecord commit, Block composite, String author, Record<JsonNode, JsonNode> record) {
    CommitClaim claim = commit.claim();
    String docId = claim.docId();
    boolean isDelete = composite.delta() instanceof Delta.Composite delta && delta.isDelete();
    var write =
        new FieldWrite(claim.cid(), claim.cid(), author, claim.height(), Bytes.EMPTY, false);
    ObjectNode state = state(docId, STATUS);
    FieldWrite delete = state.has("delete") ? FieldWrite.parse(state.get("delete")) : null;
    ObjectNode heads = state.withObject("/heads");
    claim.heads().forEach(heads::remove);
    if (delete != null && !isDelete && !claim.fields().isEmpty()) {
      tell(commit, null, new Register.Overwrite(delete, write, "delete"), record);
    }
    if (isDelete && delete == null) {
      for (JsonNode lost : heads) {
        tell(commit, null, new Register.Overwrite(write, FieldWrite.parse(lost), "delete"), record);
      }
      state.set("delete", write.toJson());
    }
    heads.set(claim.cid(), write.toJson());
    put(docId, STATUS, state);
    return state.has("delete");
  }

  private void tell(
      CommitRecord commit,
      @Nullable String field,
      Register.Overwrite overwrite,
      Record<JsonNode, JsonNode> record) {
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    told.put("docID", commit.claim().docId());
    told.put("collection", commit.collection());
    told.put("field", field);
    told.put("decidedBy", overwrite.decidedBy());
    told.set("winner", shown(overwrite.winner()));
    told.set("loser", shown(overwrite.loser()));
    told.put("ts_ms", commit.millis());
    if (context != null) {
      context.forward(record.withKey(commit.claim().docId()).withValue(told));
    }
  }

  private ObjectNode shown(FieldWrite write) {
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    shown.put("author", write.author());
    shown.put("commit", write.commit());
    shown.put("height", write.height());
    if (write.isEncrypted()) {
      shown.put("encrypted", true);
    } else if (!write.data().equals(Bytes.EMPTY)) {
      var value = new JsonWriter().value(ValueCbor.decode(write.data().unsafeArray()));
      try {
        shown.set("value", json.readTree(value.toBytes()));
      } catch (IOException e) {
        throw new IllegalArgumentException("a value that is no JSON", e);
      }
    }
    return shown;
  }

  private Register register(String docId, String field) {
    return Register.parse(state(docId, field));
  }

  private void keep(String docId, String field, Register register) {
    put(docId, field, register.toJson());
  }

  private ObjectNode state(String docId, String field) {
    JsonNode known = registers == null ? null : registers.get(docId + "/" + field);
    return known instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
  }

  private void put(String docId, String field, JsonNode state) {
    if (registers != null) {
      registers.put(docId + "/" + field, state);
    }
  }

  private static List<String> texts(List<Cid> cids) {
    return cids.stream().map(Cid::toString).toList();
  }
}

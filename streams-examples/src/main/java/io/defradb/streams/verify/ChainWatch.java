package io.defradb.streams.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.crdt.Delta;
import io.defradb.dag.BlockCodec;
import io.defradb.dag.CommitCheck;
import io.defradb.dag.CommitClaim;
import io.defradb.streams.commits.CommitRecord;
import io.defradb.streams.events.ChangeEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Proves each commit by itself, then its place: the commits that it follows must be there, at the
 * latest when the wait is over, and after a delete nothing may be told as alive.
 *
 * <p>A commit that does not hold is not remembered, so that what follows it is a gap until the true
 * one comes. Both stores are kept by document and CID: they grow with the history.
 */
final class ChainWatch implements Processor<JsonNode, JsonNode, String, JsonNode> {
  static final String SEEN = "seen-commits";
  static final String WANTED = "wanted-commits";

  private static final String DELETE = "deleted";
  private static final Duration TICK_MAX = Duration.ofSeconds(5);

  private final CommitCheck check;
  private final Duration wait;
  private @Nullable ProcessorContext<String, JsonNode> context;
  private @Nullable KeyValueStore<String, JsonNode> seen;
  private @Nullable KeyValueStore<String, JsonNode> wanted;

  ChainWatch(CommitCheck check, Duration wait) {
    this.check = check;
    this.wait = wait;
  }

  @Override
  public void init(ProcessorContext<String, JsonNode> given) {
    context = given;
    seen = given.getStateStore(SEEN);
    wanted = given.getStateStore(WANTED);
    Duration tick = wait.compareTo(TICK_MAX) < 0 ? wait : TICK_MAX;
    given.schedule(tick, PunctuationType.WALL_CLOCK_TIME, this::tellGaps);
  }

  @Override
  public void process(Record<JsonNode, JsonNode> record) {
    if (record.value() == null || seen == null || wanted == null || context == null) {
      return;
    }
    CommitRecord commit = CommitRecord.parse(record.value());
    CommitClaim claim = commit.claim();
    String docId = ChangeEvent.docId(record.key());
    CommitCheck.Verdict verdict = check.verify(claim);
    String fault = verdict.fault();
    if (fault == null && !docId.equals(claim.docId())) {
      fault = "it stands under the key of " + docId;
    }
    if (fault != null) {
      tell("forged", docId, claim.cid(), fault, record.timestamp());
      return;
    }
    if (seen.get(id(docId, claim.cid())) != null) {
      return; // delivered again
    }
    ObjectNode known = JsonNodeFactory.instance.objectNode();
    known.put("signer", verdict.signer());
    seen.put(id(docId, claim.cid()), known);
    wanted.delete(id(docId, claim.cid()));
    watchStatus(commit, docId, record.timestamp());
    for (String head : claim.heads()) {
      want(docId, head, claim.cid());
    }
  }

  /** What the node tells of a deleted document must say so. */
  private void watchStatus(CommitRecord commit, String docId, long time) {
    CommitClaim claim = commit.claim();
    var delta = BlockCodec.decode(claim.block().unsafeArray()).delta();
    boolean isDelete = delta instanceof Delta.Composite composite && composite.isDelete();
    String status = id(docId, DELETE);
    if (seen != null && isDelete) {
      seen.put(status, JsonNodeFactory.instance.textNode(claim.cid()));
    } else if (seen != null && seen.get(status) != null && !commit.isDeleted()) {
      String text = "it is told as alive after the delete " + seen.get(status).asText();
      tell("revived", docId, claim.cid(), text, time);
    }
  }

  private void want(String docId, String head, String follower) {
    if (seen == null || wanted == null || context == null) {
      return;
    }
    String id = id(docId, head);
    if (seen.get(id) == null && wanted.get(id) == null) {
      ObjectNode want = JsonNodeFactory.instance.objectNode();
      want.put("docID", docId);
      want.put("cid", head);
      want.put("follower", follower);
      want.put("until", context.currentSystemTimeMs() + wait.toMillis());
      wanted.put(id, want);
    }
  }

  private void tellGaps(long now) {
    if (wanted == null) {
      return;
    }
    List<KeyValue<String, JsonNode>> due = new ArrayList<>();
    try (var wants = wanted.all()) {
      wants.forEachRemaining(
          want -> {
            if (want.value.has("until") && want.value.path("until").asLong() <= now) {
              due.add(want);
            }
          });
    }
    for (var want : due) {
      JsonNode gap = want.value;
      tell(
          "missing",
          gap.path("docID").asText(),
          gap.path("cid").asText(),
          gap.path("follower").asText() + " follows it, and it has not come",
          now);
      wanted.put(want.key, JsonNodeFactory.instance.objectNode()); // told once
    }
  }

  private void tell(String alarm, String docId, String cid, String reason, long time) {
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    told.put("alarm", alarm);
    told.put("docID", docId);
    told.put("cid", cid);
    told.put("reason", reason);
    told.put("ts_ms", time);
    if (context != null) {
      context.forward(new Record<>(docId, (JsonNode) told, time));
    }
  }

  private static String id(String docId, String cid) {
    return docId + "/" + cid;
  }
}

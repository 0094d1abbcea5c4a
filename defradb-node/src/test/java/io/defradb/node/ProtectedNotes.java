package io.defradb.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.defradb.acp.Asker;
import io.defradb.acp.DocumentAccess;
import io.defradb.crdt.Delta;
import io.defradb.dag.BlockCodec;
import io.defradb.db.DocumentWriter.EncryptionChoice;
import io.defradb.db.merge.Replica;
import io.defradb.document.DocId;
import io.defradb.libp2p.transport.memory.MemoryNetwork;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Documents under a policy, each owned at one node of a simulation. Replicators push them to
 * anybody; where they do not, only those get them who were made readers.
 */
final class ProtectedNotes {
  static final String COLLECTION = "Note";
  static final String SDL =
      " type Note @policy(id: \"POLICY\", resource: \"note\") { text: String }";
  private static final Asker OWNER =
      new Asker("did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK");
  static final Replica.Protection PROTECTION =
      new Replica.Protection(
          OWNER,
          "{\"name\":\"p\",\"resources\":{\"note\":{\"permissions\":{\"read\":{\"expr\":\"owner +"
              + " reader\"},\"update\":{\"expr\":\"owner\"},\"delete\":{\"expr\":\"owner\"}},"
              + "\"relations\":{\"owner\":{\"types\":[\"actor\"]},\"reader\":{\"types\":[\"actor\"]}}}}}");
  private static final Duration SYNC_LIMIT = Duration.ofSeconds(20);

  private final Random random;
  private final Map<DocId, Note> notes = new TreeMap<>();

  /** Who owns a document, and who was made its reader. */
  private record Note(SimulatedNode home, Set<SimulatedNode> readers) {}

  ProtectedNotes(Random random) {
    this.random = random;
  }

  Set<DocId> docIds() {
    return notes.keySet();
  }

  /** Creates one, changes one, or makes the other node a reader of one. */
  void act(SimulatedNode node, SimulatedNode other) {
    Replica replica = node.replica();
    Optional<DocId> own = anyOf(node);
    int what = random.nextInt(4);
    if (own.isEmpty() || what == 0) {
      String text = "{\"text\":\"" + node.name() + " " + notes.size() + "\"}";
      DocId docId = replica.create(OWNER, COLLECTION, text, EncryptionChoice.NONE);
      notes.put(docId, new Note(node, new LinkedHashSet<>()));
    } else if (what == 1) {
      var reader = new DocumentAccess.Relationship(own.get().text(), "reader", other.did());
      replica.relate(OWNER, COLLECTION, reader);
      notes.get(own.get()).readers.add(other);
    } else {
      replica.update(OWNER, COLLECTION, own.get(), "{\"text\":\"t" + random.nextInt(50) + "\"}");
    }
  }

  private Optional<DocId> anyOf(SimulatedNode node) {
    List<DocId> own =
        notes.keySet().stream().filter(docId -> notes.get(docId).home == node).toList();
    return own.isEmpty() ? Optional.empty() : Optional.of(own.get(random.nextInt(own.size())));
  }

  /** Where nobody was pushed them: readers get them, and others nothing of what was nobody's. */
  void check(List<SimulatedNode> nodes, MemoryNetwork network) {
    notes.forEach(
        (docId, note) -> {
          if (note.readers.isEmpty()) {
            Set<Cid> values = values(note.home.replica(), docId);
            nodes.stream()
                .filter(node -> node != note.home)
                .forEach(node -> checkHasNone(node, values));
          } else {
            note.readers.forEach(reader -> checkIsRead(docId, note.home, reader, network));
          }
        });
  }

  /** Blocks with values; the composite is told to all who follow. */
  private static Set<Cid> values(Replica home, DocId docId) {
    Set<Cid> values = new TreeSet<>();
    for (Cid tip : home.tips().keySet()) {
      for (Map.Entry<Cid, Bytes> block : home.below(tip).entrySet()) {
        byte[] bytes = block.getValue().unsafeArray();
        if (BlockCodec.isCommit(bytes)
            && BlockCodec.decode(bytes).delta() instanceof Delta.Lww lww
            && lww.docId().equals(docId)) {
          values.add(block.getKey());
        }
      }
    }
    return values;
  }

  private static void checkHasNone(SimulatedNode node, Set<Cid> values) {
    assertThat(values).isNotEmpty();
    for (Cid value : values) {
      assertThat(node.replica().raw(value)).as(node.name() + " " + value).isNull();
    }
  }

  private static void checkIsRead(
      DocId docId, SimulatedNode home, SimulatedNode reader, MemoryNetwork network) {
    JsonNode wanted = find(home, docId);
    reader.host().connect(home.addresses());
    boolean isRead =
        network
            .schedule()
            .runUntil(() -> wanted.equals(find(reader, docId)), Duration.ofSeconds(1));
    for (int i = 0; i < 5 && !isRead; i++) {
      reader.replication().sync(COLLECTION, List.of(docId.text()), SYNC_LIMIT);
      isRead = network.schedule().runUntil(() -> wanted.equals(find(reader, docId)), SYNC_LIMIT);
    }
    assertThat(find(reader, docId)).as(reader.name()).isEqualTo(wanted);
  }

  private static JsonNode find(SimulatedNode node, DocId docId) {
    return node.replica().state().get(COLLECTION).stream()
        .filter(note -> note.get("_docID").asText().equals(docId.text()))
        .findFirst()
        .orElse(NullNode.getInstance());
  }
}

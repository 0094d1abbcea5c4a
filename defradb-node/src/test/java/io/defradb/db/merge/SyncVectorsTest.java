package io.defradb.db.merge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.crdt.Delta;
import io.defradb.dag.BlockCodec;
import io.defradb.db.DocumentWriter.EncryptionChoice;
import io.defradb.db.audit.StoreAudit;
import io.defradb.db.write.WriteRandom;
import io.defradb.document.DocId;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.testing.Vectors;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What two nodes wrote in turns, merging from each other: every block byte for byte. */
class SyncVectorsTest {
  static Stream<JsonNode> synced() {
    return Vectors.cases("blocks").stream()
        .filter(
            golden -> {
              boolean isSynced = false;
              for (JsonNode step : golden.get("steps")) {
                isSynced |= step.get("op").asText().equals("sync");
              }
              return isSynced;
            });
  }

  @ParameterizedTest
  @MethodSource("synced")
  void givenTwoNodesInTurns_whenOneWritesOnWhatItMerged_thenTheBlocksAreTheReferences(
      JsonNode golden) {
    Deque<Long> nonces = nonces(golden);
    Map<String, Replica> replicas = new HashMap<>();
    for (String name : new String[] {"A", "B"}) {
      replicas.put(name, new Replica(golden.get("sdl").asText(), random(nonces), null));
    }
    for (JsonNode step : golden.get("steps")) {
      if (step.get("op").asText().equals("sync")) {
        sync(replicas.get(step.get("from").asText()), replicas.get(step.get("to").asText()));
      } else {
        Replica replica = replicas.get(step.get("node").asText());
        write(replica, step);
        for (JsonNode cid : step.get("newBlocks")) {
          assertThat(replica.raw(Cid.fromText(cid.asText())))
              .as("%s of %s", cid, golden.get("name"))
              .isNotNull();
        }
      }
    }
    replicas.forEach(
        (name, replica) -> {
          assertThat(replica.heads())
              .as("heads of %s", name)
              .isEqualTo(MergeVectorsTest.heads(golden.get("heads").get(name)));
          assertThat(replica.state())
              .isEqualTo(MergeVectorsTest.state(golden.get("state").get(name)));
          StoreAudit.run(replica.store(), replica.database());
        });
  }

  private static void sync(Replica from, Replica to) {
    from.tips().forEach((cid, collection) -> to.merge(collection, cid, from.below(cid)));
  }

  private static void write(Replica replica, JsonNode step) {
    String collection = step.get("collection").asText();
    DocId docId = new DocId(step.get("docID").asText());
    switch (step.get("op").asText()) {
      case "create" -> replica.create(collection, step.get("doc").asText(), EncryptionChoice.NONE);
      case "update" -> replica.update(collection, docId, step.get("patch").asText());
      default -> replica.delete(collection, docId);
    }
  }

  private static Deque<Long> nonces(JsonNode golden) {
    Deque<Long> nonces = new ArrayDeque<>();
    for (JsonNode step : golden.get("steps")) {
      for (JsonNode cid : step.path("newBlocks")) {
        for (JsonNode block : golden.get("blocks")) {
          boolean isAsked =
              block.get("cid").equals(cid)
                  && block.get("kind").asText().equals("counter")
                  && !step.get("op").asText().equals("create");
          if (isAsked) {
            Delta delta = BlockCodec.decode(Bytes.hex(block.get("raw").asText()).toArray()).delta();
            nonces.add(((Delta.Counter) delta).nonce());
          }
        }
      }
    }
    return nonces;
  }

  private static WriteRandom random(Deque<Long> nonces) {
    return new WriteRandom() {
      @Override
      public long counterNonce() {
        return nonces.remove();
      }

      @Override
      public byte[] encryptionKey(DocId docId, String fieldName) {
        throw new UnsupportedOperationException();
      }

      @Override
      public byte[] encryptionNonce() {
        throw new UnsupportedOperationException();
      }
    };
  }
}

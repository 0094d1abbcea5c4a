package io.defradb.connect.sink;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.defradb.client.DefraClient;
import io.defradb.client.NodeRefusal;
import io.defradb.connect.sink.mapping.Operation;
import io.defradb.connect.sink.settings.SinkSettings;
import io.defradb.connect.sink.write.Batch;
import io.defradb.connect.sink.write.ChangedNode;
import io.defradb.connect.sink.write.IngestRoute;
import io.defradb.connect.sink.write.Partition;
import io.defradb.connect.sink.write.Pending;
import io.defradb.connect.sink.write.RefusedBatch;
import io.defradb.error.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The ingest route by way of the client. */
final class ClientIngestRoute implements IngestRoute {
  private final ObjectMapper json = new ObjectMapper();
  private final DefraClient client;
  private final SinkSettings settings;

  private ClientIngestRoute(SinkSettings settings) {
    this.client = settings.node().client(Clock.systemUTC());
    this.settings = settings;
  }

  static ClientIngestRoute open(SinkSettings settings) {
    return new ClientIngestRoute(settings);
  }

  @Override
  public Answer send(Batch batch) throws InterruptedException {
    try {
      JsonNode answer = client.ingest(write(batch));
      List<OperationResult> results = new ArrayList<>();
      for (JsonNode result : answer.path("results")) {
        results.add(
            new OperationResult(
                result.path("offset").asLong(),
                result.path("status").asText(),
                result.path("docID").asText()));
      }
      return new Answer(answer.path("feedId").asText(), answer.path("offset").asLong(), results);
    } catch (NodeRefusal refusal) {
      if (isPassing(refusal)) {
        throw refusal;
      }
      if (refusal.code() == ErrorCode.FEED_GONE) {
        throw new ChangedNode(refusal.getMessage());
      }
      int operation = refusal.answer().path("operation").asInt(RefusedBatch.UNNAMED);
      throw new RefusedBatch(
          refusal.code(), refusal.getMessage() + " (" + refusal.code() + ")", operation);
    }
  }

  /** A node that is busy, full or broken may be neither when it is asked again. */
  private static boolean isPassing(NodeRefusal refusal) {
    return refusal.code().category() == ErrorCode.Category.RETRY
        || refusal.code().category() == ErrorCode.Category.INTERNAL
        || refusal.status() >= 500;
  }

  private byte[] write(Batch batch) {
    var bytes = new ByteArrayOutputStream(256 * (1 + batch.records().size()));
    try (JsonGenerator out = json.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeObjectFieldStart("position");
      out.writeStringField("sink", batch.sink());
      out.writeStringField("clusterId", batch.identity().clusterId());
      out.writeStringField("topic", batch.partition().topic());
      out.writeStringField("topicId", batch.identity().topicId());
      out.writeNumberField("partition", batch.partition().number());
      out.writeEndObject();
      out.writeBooleanField("adopt", batch.isAdopted());
      out.writeArrayFieldStart("operations");
      for (Pending pending : batch.records()) {
        Operation operation = pending.operation();
        if (operation != null) {
          write(out, operation, pending.offset(), batch.match());
        }
      }
      out.writeEndArray();
      out.writeNumberField("upTo", batch.upTo());
      out.writeStringField("digest", batch.digest());
      out.writeStringField("feedId", batch.feedId());
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void write(JsonGenerator out, Operation operation, long offset, String match)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("op", operation.op());
    out.writeStringField("collection", operation.collection());
    out.writeNumberField("offset", offset);
    if (operation.docId() != null) {
      out.writeStringField("docID", operation.docId());
    } else {
      out.writeStringField("match", match);
      out.writeFieldName("key");
      out.writeTree(operation.key());
    }
    if (!operation.document().isEmpty()) {
      out.writeFieldName("document");
      out.writeTree(operation.document());
    }
    if (!operation.increments().isEmpty()) {
      out.writeFieldName("increments");
      out.writeTree(operation.increments());
    }
    if (!operation.relations().isEmpty()) {
      out.writeFieldName("relations");
      out.writeTree(operation.relations());
    }
    if (settings.isEncrypting()) {
      out.writeBooleanField("encrypt", true);
    }
    if (!settings.encryptedFields().isEmpty()) {
      out.writeArrayFieldStart("encryptFields");
      for (String field : settings.encryptedFields()) {
        out.writeString(field);
      }
      out.writeEndArray();
    }
    out.writeEndObject();
  }

  @Override
  public List<PeerProgress> peers() throws InterruptedException {
    List<PeerProgress> peers = new ArrayList<>();
    for (JsonNode peer : client.call("GET", "/p2p/status", null)) {
      peers.add(
          new PeerProgress(
              peer.path("AcknowledgedSeq").asLong(),
              peer.path("LastSeq").asLong(),
              peer.path("OwedDocuments").asInt()));
    }
    return peers;
  }

  @Override
  public Positions positions(String sink) throws InterruptedException {
    List<StoredPosition> positions = new ArrayList<>();
    JsonNode answer = client.ingestPositions(sink);
    for (JsonNode position : answer.path("positions")) {
      positions.add(
          new StoredPosition(
              new Partition(position.path("topic").asText(), position.path("partition").asInt()),
              position.path("clusterId").asText(),
              position.path("topicId").asText(),
              position.path("offset").asLong(),
              position.path("digest").asText()));
    }
    return new Positions(answer.path("feedId").asText(), positions);
  }

  @Override
  public void forget(String sink, Partition partition) throws InterruptedException {
    client.forgetIngestPosition(sink, partition.topic(), partition.number());
  }

  @Override
  public JsonNode schema(String collection) throws InterruptedException {
    return client.collection(collection).get("schema");
  }

  @Override
  public void addSchema(String sdl) throws InterruptedException {
    client.addSchema(sdl);
  }

  @Override
  public void patchSchema(String patch) throws InterruptedException {
    client.patchSchema(patch);
  }

  @Override
  public void close() {}
}

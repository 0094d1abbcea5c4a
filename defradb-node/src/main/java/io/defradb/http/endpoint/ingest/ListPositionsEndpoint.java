package io.defradb.http.endpoint.ingest;

import io.defradb.db.ingest.Ingest;
import io.defradb.db.ingest.StoredPosition;
import io.defradb.document.JsonWriter;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Method;
import io.defradb.http.Operation;

/** Lists the positions that are stored, of one sink or of all. */
final class ListPositionsEndpoint implements Endpoint {
  private static final String ANSWER_SCHEMA =
      """
      {"type":"object","properties":{"feedId":{"type":"string"},"positions":{"type":"array",
      "items":{"type":"object","properties":{"sink":{"type":"string"},
      "clusterId":{"type":"string"},"topic":{"type":"string"},"topicId":{"type":"string"},
      "partition":{"type":"integer"},"offset":{"type":"integer"},"digest":{"type":"string"},
      "time":{"type":"string"}}}}}}""";

  private final Ingest ingest;

  ListPositionsEndpoint(Ingest ingest) {
    this.ingest = ingest;
  }

  @Override
  public Operation operation() {
    return Operation.api(
            Method.GET,
            "/ingest/positions",
            "ingest_positions",
            "ingest",
            "List how far partitions of external sources have been applied")
        .query("sink", "only positions of this sink", "{\"type\":\"string\"}")
        .answers(ANSWER_SCHEMA)
        .codedErrors();
  }

  @Override
  public Answer answer(HttpCall call) {
    var json = new JsonWriter().beginObject();
    json.name("feedId").string(ingest.feedId()).name("positions").beginArray();
    for (StoredPosition position : ingest.positions(call.query("sink"))) {
      PositionJson.write(json.beginObject(), position.partition());
      json.name("offset").number(position.offset());
      json.name("digest").string(position.digest());
      json.name("time").string(position.time().toString()).endObject();
    }
    return Answer.json(json.endArray().endObject());
  }
}

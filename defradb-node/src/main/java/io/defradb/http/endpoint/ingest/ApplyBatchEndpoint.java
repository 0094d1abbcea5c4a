package io.defradb.http.endpoint.ingest;

import io.defradb.db.ingest.Ingest;
import io.defradb.db.ingest.IngestFailure;
import io.defradb.db.ingest.IngestResult;
import io.defradb.db.ingest.PositionMismatch;
import io.defradb.document.JsonWriter;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Method;
import io.defradb.http.Operation;

/** Applies a batch of one source partition together with its position. */
final class ApplyBatchEndpoint implements Endpoint {
  private static final int BODY_BYTES_MAX = 16 * 1024 * 1024;
  private static final int CONFLICT = 409;
  private static final int UNPROCESSABLE = 422;

  private static final String POSITION_SCHEMA =
      """
      {"type":"object","required":["sink","clusterId","topic","topicId","partition"],"properties":{
      "sink":{"type":"string"},"clusterId":{"type":"string"},"topic":{"type":"string"},
      "topicId":{"type":"string"},"partition":{"type":"integer"}}}\
      """;

  private static final String BODY_SCHEMA =
      """
      {"type":"object","required":["position","operations"],"properties":{"position":\
      """
          + POSITION_SCHEMA
          + """
          ,"adopt":{"type":"boolean"},"upTo":{"type":"integer"},
          "digest":{"type":"string","maxLength":256},"feedId":{"type":"string"},
          "operations":{"type":"array","maxItems":10000,"items":{"type":"object",
          "required":["op","collection","offset"],"properties":{
          "op":{"enum":["create","update","upsert","delete","increment"]},
          "collection":{"type":"string"},"offset":{"type":"integer"},"key":{"type":"object"},
          "docID":{"type":"string"},"match":{"enum":["key","index"]},
          "document":{"type":"object"},"increments":{"type":"object"},
          "relations":{"type":"object","additionalProperties":{"type":"object"}},
          "encrypt":{"type":"boolean"},
          "encryptFields":{"type":"array","items":{"type":"string"}}}}}}}\
          """;

  private static final String ANSWER_SCHEMA =
      """
      {"type":"object","properties":{"feedId":{"type":"string"},"offset":{"type":"integer"},
      "results":{"type":"array","items":{"type":"object","properties":{
      "offset":{"type":"integer"},"docID":{"type":"string"},
      "status":{"enum":["created","updated","unchanged","deleted","absent","duplicate"]}}}}}}\
      """;

  private final Ingest ingest;

  ApplyBatchEndpoint(Ingest ingest) {
    this.ingest = ingest;
  }

  @Override
  public Operation operation() {
    return Operation.api(
            Method.POST,
            "/ingest",
            "ingest",
            "ingest",
            "Apply records of one partition of an external source, once")
        .jsonBody(BODY_SCHEMA)
        .answers(ANSWER_SCHEMA)
        .codedErrors();
  }

  @Override
  public Answer answer(HttpCall call) {
    if (call.header("x-defradb-tx") != null) {
      throw new DefraException(
          ErrorCode.INVALID_ARGUMENT,
          "ingest has a transaction of its own: leave out x-defradb-tx");
    }
    byte[] body = call.body();
    if (body.length > BODY_BYTES_MAX) {
      throw new DefraException(
          ErrorCode.TOO_LARGE, "batch is too large", "Bytes", body.length, "Max", BODY_BYTES_MAX);
    }
    try {
      return written(ingest.apply(BatchParser.parse(body), call.asker()));
    } catch (IngestFailure e) {
      var json = error(e);
      json.name("operation").number(e.operation()).name("offset").number(e.offset());
      return Answer.json(UNPROCESSABLE, json.endObject());
    } catch (PositionMismatch e) {
      var json = error(e);
      PositionJson.write(json.name("stored").beginObject(), e.stored()).endObject();
      PositionJson.write(json.name("given").beginObject(), e.given()).endObject();
      return Answer.json(CONFLICT, json.endObject());
    }
  }

  private static JsonWriter error(DefraException e) {
    return new JsonWriter()
        .beginObject()
        .name("error")
        .string(e.getMessage())
        .name("code")
        .string(e.code().name());
  }

  private static Answer written(IngestResult result) {
    var json = new JsonWriter().beginObject();
    json.name("feedId").string(result.feedId()).name("offset").number(result.offset());
    json.name("results").beginArray();
    for (IngestResult.Outcome outcome : result.outcomes()) {
      json.beginObject().name("offset").number(outcome.offset());
      json.name("status").string(outcome.status().text());
      if (outcome.docId() != null) {
        json.name("docID").string(outcome.docId().text());
      }
      json.endObject();
    }
    return Answer.json(json.endArray().endObject());
  }
}

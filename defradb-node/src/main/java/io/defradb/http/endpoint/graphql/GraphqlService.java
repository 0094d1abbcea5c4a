package io.defradb.http.endpoint.graphql;

import io.defradb.acp.Asker;
import io.defradb.db.Database;
import io.defradb.db.Transaction;
import io.defradb.document.JsonWriter;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.event.EventBus;
import io.defradb.graphql.GraphqlDoor;
import io.defradb.graphql.ParsedRequest;
import io.defradb.http.HttpCall;
import io.defradb.http.StreamSource;
import io.defradb.query.RequestRunner;
import io.defradb.request.Request;
import io.defradb.request.RootField;
import io.defradb.request.Select;

/**
 * Runs a GraphQL request: one transaction for all of it, unless the client brought one. Safe for
 * use by many threads.
 *
 * @param database for subscriptions, which outlive their request
 */
public record GraphqlService(
    GraphqlDoor door, RequestRunner runner, Database database, EventBus events) {

  /** What became of a request. */
  sealed interface Outcome {
    /** The whole answer. */
    record Answered(JsonWriter json) implements Outcome {}

    /** Its events. */
    record Subscribed(StreamSource events) implements Outcome {}
  }

  Outcome run(HttpCall call, GraphqlText text) {
    var json = new JsonWriter();
    try {
      return call.transact(
          !text.canWrite(), transaction -> run(text, transaction, call.asker(), json));
    } catch (DefraException failure) {
      GraphqlFailure.write(failure, json);
      return new Outcome.Answered(json);
    }
  }

  /** Empties {@code json} first: a transaction that met another's is run again. */
  private Outcome run(GraphqlText text, Transaction transaction, Asker asker, JsonWriter json) {
    json.reset();
    ParsedRequest parsed =
        door.parse(
            text.query(),
            text.operationName(),
            PlainJson.object(text.variables()),
            transaction.catalog());
    if (parsed instanceof ParsedRequest.Refused refused) {
      GraphqlFailure.write(refused.messages(), json);
      return new Outcome.Answered(json);
    }
    json.beginObject().name("data");
    if (parsed instanceof ParsedRequest.Introspected introspected) {
      byte[] data = introspected.dataJson().unsafeArray();
      json.raw(data, 0, data.length);
    } else {
      Request request = parsed.asked();
      if (request.operation() == Request.Operation.SUBSCRIPTION && request.explain() == null) {
        return new Outcome.Subscribed(subscribe(request, transaction, asker));
      }
      runner.run(request, transaction, asker, json);
    }
    json.endObject();
    return new Outcome.Answered(json);
  }

  /** Only the first field of a subscription is served. */
  private StreamSource subscribe(Request request, Transaction transaction, Asker asker) {
    RootField field = request.fields().get(0);
    if (!(field instanceof Select select)) {
      throw new DefraException(ErrorCode.INVALID_REQUEST, "a subscription selects a collection");
    }
    return new SubscriptionStream(
        database, events, runner, select, asker, transaction.log().newestSeq());
  }
}

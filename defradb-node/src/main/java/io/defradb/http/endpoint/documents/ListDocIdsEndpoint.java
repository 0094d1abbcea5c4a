package io.defradb.http.endpoint.documents;

import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Method;
import io.defradb.http.Operation;
import io.defradb.schema.CollectionVersion;
import java.util.Optional;

/** Streams the DocID of every document of a collection that is not deleted, in DocID order. */
record ListDocIdsEndpoint() implements Endpoint {
  @Override
  public Operation operation() {
    return Operations.onCollection(Method.GET, "collection_keys", "Stream all DocIDs")
        .answers(Operation.EVENT_STREAM, Operations.OBJECT);
  }

  @Override
  public Answer answer(HttpCall call) {
    HttpCall.Held held = call.hold();
    boolean isHandedOver = false;
    try {
      Optional<CollectionVersion> collection =
          held.transaction().catalog().activeByName(call.pathParameter("name"));
      if (collection.isEmpty()) {
        return Answer.notFound();
      }
      var documents =
          held.transaction().documents(call.asker()).scan(collection.get(), null, false);
      isHandedOver = true;
      return Answer.events(new DocIdStream(held, documents), held.isClients());
    } finally {
      if (!isHandedOver) {
        held.close();
      }
    }
  }
}

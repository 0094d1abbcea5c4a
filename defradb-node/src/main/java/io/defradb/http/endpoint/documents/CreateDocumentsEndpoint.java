package io.defradb.http.endpoint.documents;

import io.defradb.db.DocumentWriter;
import io.defradb.db.DocumentWriter.EncryptionChoice;
import io.defradb.db.Transaction;
import io.defradb.document.DocumentJson;
import io.defradb.document.Value;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Method;
import io.defradb.http.Operation;
import io.defradb.schema.CollectionVersion;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Creates one document or a list of them, all or none. */
record CreateDocumentsEndpoint() implements Endpoint {
  @Override
  public Operation operation() {
    return Operations.onCollection(
            Method.POST, "collection_create", "Create documents in a collection")
        .query("encrypt", "Encrypt the whole document", Operations.FLAG)
        .query("encryptFields", "Names of fields to encrypt, with commas", Operations.TEXT)
        .jsonBody(
            "{\"oneOf\":[{\"type\":\"object\"},"
                + "{\"type\":\"array\",\"items\":{\"type\":\"object\"}}]}");
  }

  @Override
  public Answer answer(HttpCall call) {
    return call.transact(
        false,
        transaction ->
            transaction
                .catalog()
                .activeByName(call.pathParameter("name"))
                .map(collection -> create(call, transaction, collection))
                .orElseGet(Answer::notFound));
  }

  private static Answer create(
      HttpCall call, Transaction transaction, CollectionVersion collection) {
    var fields = new RestFields(collection);
    byte[] body = call.body();
    List<Map<String, Value>> documents =
        DocumentJson.isArray(body)
            ? DocumentJson.parseAll(body, fields)
            : List.of(DocumentJson.parse(body, fields));
    documents.forEach(RestFields::requireNoDocId);
    DocumentWriter writer = transaction.writer(call.asker());
    EncryptionChoice encryption = encryption(call);
    documents.forEach(document -> writer.create(collection, document, encryption));
    return Answer.empty();
  }

  private static EncryptionChoice encryption(HttpCall call) {
    String names = call.query("encryptFields");
    return new EncryptionChoice(
        "true".equals(call.query("encrypt")),
        names == null || names.isEmpty() ? Set.of() : Set.copyOf(List.of(names.split(","))));
  }
}

package io.defradb.http.endpoint.index;

import io.defradb.document.JsonWriter;
import io.defradb.graphql.collection.CollectionEditor;
import io.defradb.graphql.collection.CollectionFilter;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Method;
import io.defradb.http.Operation;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.json.CollectionJson;
import java.util.Map;
import java.util.TreeMap;

/** Lists the indexes of all collections that have some, by collection name. */
final class ListAllIndexesEndpoint implements Endpoint {
  private static final CollectionFilter ACTIVE = new CollectionFilter(null, null, null, false);

  private final CollectionEditor editor;

  ListAllIndexesEndpoint(CollectionEditor editor) {
    this.editor = editor;
  }

  @Override
  public Operation operation() {
    return Operation.api(
            Method.GET,
            "/collections/indexes",
            "indexes_list_all",
            IndexEndpoints.TAG,
            "List all indexes for all collections")
        .answers(
            "{\"type\":\"object\",\"additionalProperties\":" + IndexEndpoints.LIST_SCHEMA + "}");
  }

  @Override
  public Answer answer(HttpCall call) {
    return call.transact(
        true,
        transaction -> {
          Map<String, CollectionVersion> byName = new TreeMap<>();
          for (CollectionVersion version : editor.find(transaction, ACTIVE)) {
            if (!version.indexes().isEmpty()) {
              byName.put(version.name(), version);
            }
          }
          var json = new JsonWriter().beginObject();
          byName.forEach(
              (name, version) -> {
                json.name(name).beginArray();
                version.indexes().forEach(index -> CollectionJson.write(json, index));
                json.endArray();
              });
          return Answer.json(json.endObject());
        });
  }
}

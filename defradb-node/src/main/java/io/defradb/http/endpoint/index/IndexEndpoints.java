package io.defradb.http.endpoint.index;

import io.defradb.graphql.collection.CollectionEditor;
import io.defradb.http.Endpoint;
import io.defradb.http.SharedSchema;
import java.util.List;

/** The endpoints of this room. */
public final class IndexEndpoints {
  static final String TAG = "index";
  static final String TEXT_SCHEMA = "{\"type\":\"string\"}";
  static final String LIST_SCHEMA = SharedSchema.INDEX.list();

  private IndexEndpoints() {}

  public static List<Endpoint> all(CollectionEditor editor) {
    return List.of(
        new ListAllIndexesEndpoint(editor),
        new ListIndexesEndpoint(editor),
        new CreateIndexEndpoint(editor),
        new DropIndexEndpoint(editor));
  }
}

package io.defradb.http.endpoint.collection;

import io.defradb.graphql.collection.CollectionEditor;
import io.defradb.http.Endpoint;
import java.util.List;

/** The endpoints of this room. */
public final class CollectionEndpoints {
  static final String TAG = "collection";
  static final String TEXT_SCHEMA = "{\"type\":\"string\"}";

  private CollectionEndpoints() {}

  public static List<Endpoint> all(CollectionEditor editor) {
    return List.of(new DescribeCollectionsEndpoint(editor), new PatchCollectionsEndpoint(editor));
  }
}

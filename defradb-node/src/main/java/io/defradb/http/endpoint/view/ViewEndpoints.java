package io.defradb.http.endpoint.view;

import io.defradb.graphql.collection.CollectionEditor;
import io.defradb.graphql.view.StoredViewQueries;
import io.defradb.http.Endpoint;
import io.defradb.query.RequestRunner;
import java.util.List;

/** The endpoints of this room. */
public final class ViewEndpoints {
  static final String TAG = "view";
  static final String TEXT_SCHEMA = "{\"type\":\"string\"}";

  private ViewEndpoints() {}

  public static List<Endpoint> all(
      CollectionEditor editor, StoredViewQueries queries, RequestRunner runner) {
    return List.of(new AddViewEndpoint(editor, queries), new RefreshViewsEndpoint(editor, runner));
  }
}

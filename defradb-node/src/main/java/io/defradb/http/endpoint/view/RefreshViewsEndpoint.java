package io.defradb.http.endpoint.view;

import io.defradb.graphql.collection.CollectionEditor;
import io.defradb.graphql.collection.CollectionFilter;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Method;
import io.defradb.http.Operation;
import io.defradb.query.RequestRunner;
import io.defradb.schema.CollectionVersion;

/** Runs the queries of materialized views again. */
final class RefreshViewsEndpoint implements Endpoint {
  private final CollectionEditor editor;
  private final RequestRunner runner;

  RefreshViewsEndpoint(CollectionEditor editor, RequestRunner runner) {
    this.editor = editor;
    this.runner = runner;
  }

  @Override
  public Operation operation() {
    return Operation.api(
            Method.POST,
            "/view/refresh",
            "view_refresh",
            ViewEndpoints.TAG,
            "Refresh materialized views")
        .query("name", "Collection name", ViewEndpoints.TEXT_SCHEMA)
        .query("version_id", "Collection version ID", ViewEndpoints.TEXT_SCHEMA)
        .query("collection_id", "Collection ID", ViewEndpoints.TEXT_SCHEMA)
        .query("get_inactive", "Inactive versions too", "{\"type\":\"boolean\"}");
  }

  @Override
  public Answer answer(HttpCall call) {
    var filter =
        new CollectionFilter(
            call.query("name"),
            call.query("version_id"),
            call.query("collection_id"),
            call.queryFlag("get_inactive"));
    return call.transact(
        false,
        transaction -> {
          for (CollectionVersion version : editor.find(transaction, filter)) {
            boolean isKept = version.query().isPresent() && version.isMaterialized();
            if (isKept && !version.isEmbeddedOnly()) {
              runner.refresh(version, transaction, call.asker());
            }
          }
          return Answer.empty();
        });
  }
}

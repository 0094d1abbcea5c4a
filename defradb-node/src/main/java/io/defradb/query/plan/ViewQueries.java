package io.defradb.query.plan;

import io.defradb.db.Catalog;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.request.Select;
import io.defradb.schema.CollectionVersion;

/** What views stand for, read from their descriptions. Safe for use by many threads. */
@FunctionalInterface
public interface ViewQueries {
  /** Of a node that has none. */
  ViewQueries NONE =
      (view, catalog) -> {
        throw new DefraException(
            ErrorCode.UNSUPPORTED, "views are not supported", "Name", view.name());
      };

  /**
   * The selection whose rows are the view's.
   *
   * @throws io.defradb.error.DefraException INVALID_REQUEST when the collections of {@code catalog}
   *     no longer answer the query
   */
  Select of(CollectionVersion view, Catalog catalog);
}

package io.defradb.graphql.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.defradb.db.Catalog;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.graphql.GraphqlDoor;
import io.defradb.graphql.GraphqlLimits;
import io.defradb.graphql.syntax.Document;
import io.defradb.graphql.syntax.OperationParser;
import io.defradb.graphql.syntax.Selections;
import io.defradb.query.plan.ViewQueries;
import io.defradb.request.Request;
import io.defradb.request.RootField;
import io.defradb.request.Select;
import io.defradb.schema.CollectionVersion;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the queries of views, as they are written and as they are stored. What is stored can have
 * been patched by hand, so it goes through the same parser and validator as any request. Safe for
 * use by many threads.
 */
public final class StoredViewQueries implements ViewQueries {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String INVALID = "the query provided is not valid as a View";

  private final GraphqlDoor door;

  public StoredViewQueries(GraphqlDoor door) {
    this.door = door;
  }

  /**
   * The source of a new view.
   *
   * @param query one selection of a collection, without braces round it; of several the first
   * @param transformJson a lens; {@code null}: none
   * @throws DefraException INVALID_REQUEST, with the reference's text
   */
  public CollectionVersion.Source.Query source(
      String query, @Nullable String transformJson, Catalog catalog) {
    String text = "query { " + query + " }";
    Request request = door.parse(text, null, Map.of(), catalog).asked();
    List<RootField> fields = request.fields();
    if (fields.isEmpty()) {
      throw new DefraException(ErrorCode.INVALID_REQUEST, INVALID, "Reason", "No query provided");
    }
    if (!(fields.get(0) instanceof Select)) {
      throw new DefraException(
          ErrorCode.INVALID_REQUEST,
          INVALID,
          "Query",
          query,
          "Reason",
          "Internal error, cast failed");
    }
    GraphqlLimits limits = GraphqlLimits.DEFAULT;
    Document document = OperationParser.parse(text, limits.syntax());
    var writer = new QueryJson(new Selections(document, limits.fieldsMax()));
    String json = writer.first(document.operations().get(0)).toString();
    return new CollectionVersion.Source.Query(json, transformJson);
  }

  @Override
  public Select of(CollectionVersion view, Catalog catalog) {
    String json =
        view.query()
            .map(CollectionVersion.Source.Query::queryJson)
            .orElseThrow(
                () -> new DefraException(ErrorCode.INVALID_REQUEST, INVALID, "Name", view.name()));
    Request request = door.parse(text(json), null, Map.of(), catalog).asked();
    if (request.fields().get(0) instanceof Select select) {
      return select;
    }
    throw new DefraException(ErrorCode.INVALID_REQUEST, INVALID, "Name", view.name());
  }

  private static String text(String json) {
    try {
      return QueryText.of(MAPPER.readTree(json));
    } catch (JsonProcessingException e) {
      throw new DefraException(ErrorCode.CORRUPT, "the stored query of a view is no JSON", e);
    }
  }
}

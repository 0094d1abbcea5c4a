package io.defradb.graphql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.defradb.db.Catalog;
import io.defradb.error.DefraException;
import io.defradb.graphql.introspection.Introspection;
import io.defradb.graphql.parse.Given;
import io.defradb.graphql.parse.RequestParser;
import io.defradb.graphql.parse.VariableValues;
import io.defradb.graphql.schema.TypeSystem;
import io.defradb.graphql.syntax.Document;
import io.defradb.graphql.syntax.OperationParser;
import io.defradb.graphql.validation.Validator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parses, validates and translates requests. Safe for use by many threads.
 *
 * <p>Three things are kept, each by the generation of the catalog it was made from: the types (of
 * the last generations), validated documents, and whole requests that have no variables. A text
 * that was seen before costs a look-up; with variables, their coercion too.
 */
public final class GraphqlDoor {
  private static final int GENERATIONS_KEPT = 4;

  private record DocumentKey(String query, long generation) {}

  private record RequestKey(String query, @Nullable String operationName, long generation) {}

  private final GraphqlLimits limits;
  private final Cache<Long, TypeSystem> types =
      Caffeine.newBuilder().maximumSize(GENERATIONS_KEPT).executor(Runnable::run).build();
  private final Cache<DocumentKey, Document> documents;
  private final Cache<RequestKey, ParsedRequest> requests;

  public GraphqlDoor() {
    this(GraphqlLimits.DEFAULT);
  }

  public GraphqlDoor(GraphqlLimits limits) {
    this.limits = limits;
    this.documents =
        Caffeine.newBuilder()
            .maximumWeight(limits.cacheCharsMax())
            .weigher((DocumentKey key, Document document) -> 64 + key.query().length())
            .executor(Runnable::run)
            .build();
    this.requests =
        Caffeine.newBuilder()
            .maximumWeight(limits.cacheCharsMax())
            .weigher((RequestKey key, ParsedRequest request) -> 64 + key.query().length())
            .executor(Runnable::run)
            .build();
  }

  /**
   * Never throws for what a user wrote: that is {@code Refused}.
   *
   * @param operationName which operation; {@code null} or empty when there is but one
   * @param variables as a JSON parser gives them: maps, lists, texts, numbers, booleans, nulls
   * @param catalog of the transaction that the request will run on
   */
  public ParsedRequest parse(
      String query,
      @Nullable String operationName,
      Map<String, ? extends @Nullable Object> variables,
      Catalog catalog) {
    boolean isKept = query.length() <= limits.cachedCharsMax();
    var key = new RequestKey(query, operationName, catalog.generation());
    ParsedRequest known = isKept ? requests.getIfPresent(key) : null;
    if (known != null) {
      return known;
    }
    try {
      return parse(key, variables, catalog, isKept);
    } catch (DefraException refused) {
      return new ParsedRequest.Refused(List.of(refused.getMessage()));
    }
  }

  private ParsedRequest parse(
      RequestKey key,
      Map<String, ? extends @Nullable Object> variables,
      Catalog catalog,
      boolean isKept) {
    TypeSystem system = types(catalog);
    var documentKey = new DocumentKey(key.query(), key.generation());
    Document document = isKept ? documents.getIfPresent(documentKey) : null;
    if (document == null) {
      document = OperationParser.parse(key.query(), limits.syntax());
      List<String> faults = Validator.validate(system, document, limits.fieldsMax());
      if (!faults.isEmpty()) {
        return new ParsedRequest.Refused(faults);
      }
      if (isKept) {
        documents.put(documentKey, document);
      }
    }
    Document.Operation operation = OperationChoice.choose(document, key.operationName());
    Map<String, Given> values = VariableValues.coerce(system, operation, variables);
    if (Introspection.isAsked(document, operation, limits.fieldsMax())) {
      return new ParsedRequest.Introspected(
          Introspection.answer(system, document, operation, values, limits.fieldsMax()));
    }
    var parsed =
        new ParsedRequest.Asked(
            RequestParser.parse(system, document, operation, values, limits.fieldsMax()));
    if (isKept && operation.variables().isEmpty()) {
      requests.put(key, parsed);
    }
    return parsed;
  }

  /** The types that {@code catalog} generates. */
  public TypeSystem types(Catalog catalog) {
    return types.get(catalog.generation(), generation -> new TypeSystem(catalog.active()));
  }
}

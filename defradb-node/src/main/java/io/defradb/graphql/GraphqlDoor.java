package io.defradb.graphql;

import io.defradb.db.Catalog;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.graphql.introspection.Introspection;
import io.defradb.graphql.parse.Given;
import io.defradb.graphql.parse.RequestParser;
import io.defradb.graphql.parse.VariableValues;
import io.defradb.graphql.schema.TypeDef;
import io.defradb.graphql.schema.TypeSystem;
import io.defradb.graphql.syntax.Document;
import io.defradb.graphql.syntax.Literal;
import io.defradb.graphql.syntax.OperationParser;
import io.defradb.graphql.syntax.TypeRef;
import io.defradb.graphql.validation.Validator;
import io.defradb.request.Filter;
import io.defradb.request.Request;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parses, validates and translates requests. Safe for use by many threads.
 *
 * <p>Three things are kept, the types of the last sets of collections, and by them validated
 * documents, and whole requests that have no variables. A text that was seen before costs a
 * look-up; with variables, their coercion too.
 */
public final class GraphqlDoor {
  /** Documents have no operation name. */
  private record TextKey(String query, String operationName, long typesNumber) {
    // Written out: a record's own methods are linked when first used, in the first request.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof TextKey key
          && typesNumber == key.typesNumber
          && query.equals(key.query)
          && operationName.equals(key.operationName);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * query.hashCode() + operationName.hashCode()) + Long.hashCode(typesNumber);
    }
  }

  private final GraphqlLimits limits;
  private final KnownTypes types = new KnownTypes();
  private final RecentTexts<TextKey, Document> documents;
  private final RecentTexts<TextKey, ParsedRequest> requests;

  public GraphqlDoor() {
    this(GraphqlLimits.DEFAULT);
  }

  public GraphqlDoor(GraphqlLimits limits) {
    this.limits = limits;
    this.documents = new RecentTexts<>(limits.cacheCharsMax());
    this.requests = new RecentTexts<>(limits.cacheCharsMax());
  }

  /** Loads what a first request needs, for a thread that has nothing better to do. */
  public static void prepare() {
    GraphqlLimits limits = GraphqlLimits.DEFAULT;
    Document document = OperationParser.parse("{ __typename }", limits.syntax());
    Validator.validate(new TypeSystem(List.of()), document, limits.fieldsMax());
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
    KnownTypes.Known known = types.of(catalog.active());
    var key = new TextKey(query, operationName == null ? "" : operationName, known.number());
    ParsedRequest before = isKept ? requests.get(key, query.length()) : null;
    if (before != null) {
      return before;
    }
    try {
      return parse(key, variables, known.types(), isKept);
    } catch (DefraException refused) {
      return new ParsedRequest.Refused(List.of(refused.getMessage()));
    }
  }

  private ParsedRequest parse(
      TextKey key,
      Map<String, ? extends @Nullable Object> variables,
      TypeSystem system,
      boolean isKept) {
    var documentKey = new TextKey(key.query(), "", key.typesNumber());
    Document document = isKept ? documents.get(documentKey, key.query().length()) : null;
    if (document == null) {
      document = OperationParser.parse(key.query(), limits.syntax());
      List<String> invalid = Validator.validate(system, document, limits.fieldsMax());
      if (!invalid.isEmpty()) {
        return new ParsedRequest.Refused(invalid);
      }
      if (isKept) {
        documents.put(documentKey, document, key.query().length());
      }
    }
    Document.Operation operation = OperationChoice.choose(document, key.operationName());
    Map<String, Given> values = VariableValues.coerce(system, operation, variables);
    if (Introspection.isAsked(document, operation, limits.fieldsMax())) {
      return new ParsedRequest.Introspected(
          Introspection.answer(system, document, operation, values, limits.fieldsMax()));
    }
    Request request = RequestParser.parse(system, document, operation, values, limits.fieldsMax());
    List<String> faults = RequestParser.groupFaults(request);
    if (!faults.isEmpty()) {
      return new ParsedRequest.Refused(faults);
    }
    var parsed = new ParsedRequest.Asked(request);
    if (isKept && operation.variables().isEmpty()) {
      requests.put(key, parsed, key.query().length());
    }
    return parsed;
  }

  /**
   * The filter of {@code collection} that came by another door.
   *
   * @param filter the text of an object literal, or an object as a JSON parser gives it
   * @throws DefraException INVALID_ARGUMENT, INVALID_REQUEST, with the reference's text
   */
  public Filter filter(String collection, Object filter, Catalog catalog) {
    TypeSystem system = types(catalog);
    var type = TypeRef.named(collection + "FilterArg");
    Given given;
    if (filter instanceof String text) {
      // The braces round the conditions may be left out.
      String object = text.startsWith("{") ? text : "{" + text + "}";
      Literal literal = OperationParser.parseObject(object, limits.syntax());
      List<String> faults = Validator.validate(system, type, literal);
      if (!faults.isEmpty()) {
        throw new DefraException(ErrorCode.INVALID_ARGUMENT, String.join("\n", faults));
      }
      given = RequestParser.coerce(system, type, literal);
    } else {
      requireKnown(system, type, filter);
      given = VariableValues.coerce(system, "filter", type, filter);
    }
    return RequestParser.filter(system, collection, given);
  }

  private static void requireKnown(TypeSystem system, TypeRef type, Object filter) {
    if (filter instanceof Map<?, ?> object
        && system.base(type) instanceof TypeDef.InputType known
        && !known.fields().keySet().containsAll(object.keySet())) {
      throw new DefraException(ErrorCode.KEY_NOT_FOUND, "key not found");
    }
  }

  /** The types that {@code catalog} generates. */
  public TypeSystem types(Catalog catalog) {
    return types.of(catalog.active()).types();
  }
}

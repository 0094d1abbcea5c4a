package io.defradb.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as the router and the OpenAPI document see it. Made by the static methods, refined by
 * the others; every method answers a new value.
 *
 * @param path with {@code {name}} for a parameter; below {@code /api/v0} when {@link #isApi}
 * @param id OpenAPI's operationId
 * @param isApi below {@code /api/v0} and in the OpenAPI document; else at the root, and other
 *     methods on its path are 404
 * @param body what the request body is; {@code null}: none
 * @param answerSchema JSON Schema text of the answer; {@code null}: empty
 * @param answerType content type of the answer
 */
public record Operation(
    Method method,
    String path,
    String id,
    String tag,
    String summary,
    boolean isApi,
    List<Parameter> parameters,
    @Nullable Body body,
    String answerType,
    @Nullable String answerSchema,
    ErrorForm errorForm,
    TransactionSource transactionSource) {

  public static final String JSON = "application/json";
  public static final String TEXT = "text/plain";
  public static final String EVENT_STREAM = "text/event-stream";

  /** A parameter; {@code schema}: JSON Schema text. */
  public record Parameter(In in, String name, String description, String schema) {
    public enum In {
      PATH,
      QUERY
    }
  }

  /** The request body; {@code schema}: JSON Schema text. */
  public record Body(String contentType, String schema, boolean isRequired) {}

  /** How a failure is answered. */
  public enum ErrorForm {
    /** {@code {"error":text}} with 400, as the reference does on its routes. */
    PLAIN,
    /** {@code {"error":text,"code":name}} with the status of the code's category. */
    CODED
  }

  /** Where the explicit transaction is named. */
  public enum TransactionSource {
    /** In the header {@code x-defradb-tx}; unknown ones are ignored. */
    HEADER,
    /** In the path parameter {@code id}. */
    PATH
  }

  public Operation {
    parameters = List.copyOf(parameters);
  }

  /** An operation below {@code /api/v0}. */
  public static Operation api(Method method, String path, String id, String tag, String summary) {
    return of(method, path, id, tag, summary, true);
  }

  /** A GET at the root of the address space, outside the API. */
  public static Operation root(String path, String id, String summary) {
    return of(Method.GET, path, id, "", summary, false);
  }

  private static Operation of(
      Method method, String path, String id, String tag, String summary, boolean isApi) {
    return new Operation(
        method,
        path,
        id,
        tag,
        summary,
        isApi,
        List.of(),
        null,
        JSON,
        null,
        ErrorForm.PLAIN,
        TransactionSource.HEADER);
  }

  /** {@code schema}: JSON Schema text, {@code {"type":"string"}} for most. */
  public Operation pathParameter(String name, String description, String schema) {
    return with(new Parameter(Parameter.In.PATH, name, description, schema));
  }

  public Operation query(String name, String description, String schema) {
    return with(new Parameter(Parameter.In.QUERY, name, description, schema));
  }

  public Operation jsonBody(String schema) {
    return withBody(new Body(JSON, schema, true));
  }

  public Operation textBody(String schema) {
    return withBody(new Body(TEXT, schema, true));
  }

  public Operation answers(String schema) {
    return answers(JSON, schema);
  }

  public Operation answers(String contentType, String schema) {
    return with(parameters, body, contentType, schema, errorForm, transactionSource);
  }

  /** Failures carry their code and a status of their own. */
  public Operation codedErrors() {
    return with(parameters, body, answerType, answerSchema, ErrorForm.CODED, transactionSource);
  }

  /** Works on the transaction named by the path parameter {@code id}. */
  public Operation transactionInPath() {
    return with(parameters, body, answerType, answerSchema, errorForm, TransactionSource.PATH);
  }

  /** The path on the wire. */
  public String fullPath() {
    return isApi ? "/api/v0" + path : path;
  }

  private Operation with(Parameter parameter) {
    var more = new ArrayList<>(parameters);
    more.add(parameter);
    return with(more, body, answerType, answerSchema, errorForm, transactionSource);
  }

  private Operation withBody(Body newBody) {
    return with(parameters, newBody, answerType, answerSchema, errorForm, transactionSource);
  }

  private Operation with(
      List<Parameter> newParameters,
      @Nullable Body newBody,
      String newAnswerType,
      @Nullable String newAnswerSchema,
      ErrorForm newErrorForm,
      TransactionSource newSource) {
    return new Operation(
        method,
        path,
        id,
        tag,
        summary,
        isApi,
        newParameters,
        newBody,
        newAnswerType,
        newAnswerSchema,
        newErrorForm,
        newSource);
  }
}

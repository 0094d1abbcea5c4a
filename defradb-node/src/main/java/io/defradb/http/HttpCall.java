package io.defradb.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.acp.Asker;
import io.defradb.db.Transaction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One request on its way through an endpoint. For one thread. */
public final class HttpCall {
  private final Request request;
  private final Map<String, String> pathParameters;
  private final Asker asker;
  private final TransactionSessions transactions;
  private final @Nullable TransactionSession session;

  /** What came over the wire. {@code query}: every value of every parameter, decoded. */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Request(
      String method,
      String path,
      Map<String, List<String>> query,
      Function<String, @Nullable String> headers,
      byte[] body) {}

  HttpCall(
      Request request,
      Map<String, String> pathParameters,
      Asker asker,
      TransactionSessions transactions,
      @Nullable TransactionSession session) {
    this.request = request;
    this.pathParameters = pathParameters;
    this.asker = asker;
    this.transactions = transactions;
    this.session = session;
  }

  /** Decoded. {@code name}: one of the operation's path parameters. */
  public String pathParameter(String name) {
    String value = pathParameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no path parameter " + name);
    }
    return value;
  }

  /** The first value, decoded; {@code null} when it is not given. */
  public @Nullable String query(String name) {
    List<String> values = request.query.get(name);
    return values == null ? null : values.get(0);
  }

  /** False when it is not given; anything but a boolean is an INVALID_ARGUMENT. */
  public boolean queryFlag(String name) {
    String text = query(name);
    return text != null && GoSyntax.parseBool(text);
  }

  /** The same, but that anything else is false, too. */
  public boolean looseFlag(String name) {
    String text = query(name);
    return text != null && GoSyntax.isTrue(text);
  }

  /** Names are compared without case. */
  public @Nullable String header(String name) {
    return request.headers.apply(name);
  }

  /** The whole body; empty when there is none. Not to be changed. */
  public byte[] body() {
    return request.body;
  }

  public String bodyText() {
    return new String(request.body, StandardCharsets.UTF_8);
  }

  /** The body as JSON; what is none is an INVALID_JSON with the parser's text that users know. */
  public JsonNode bodyJson() {
    return JsonBody.parse(request.body);
  }

  /** The body as an object of that shape, an empty one for null; else INVALID_JSON. */
  public JsonNode bodyJson(JsonShape shape) {
    return shape.check(bodyJson());
  }

  public Asker asker() {
    return asker;
  }

  /** Whether the request runs inside a transaction that the client opened. */
  public boolean hasTransaction() {
    return session != null;
  }

  /**
   * Works inside the client's transaction, which stays open, or else inside one of its own, which
   * is committed when {@code work} returns and discarded when it throws. One of its own that met
   * another's is run again, so {@code work} may be called more than once.
   */
  public <T> T transact(boolean isReadOnly, Function<Transaction, T> work) {
    if (session != null) {
      return work.apply(session.transaction());
    }
    return transactions.transact(isReadOnly, work);
  }

  /** A transaction that outlives the call, for a stream to read from. */
  public record Held(Transaction transaction, boolean isClients) implements AutoCloseable {
    /** Discards it, unless the client opened it. */
    @Override
    public void close() {
      if (!isClients) {
        transaction.close();
      }
    }
  }

  /**
   * The client's transaction, or a read-only one: close it with the stream, and say in the answer
   * whether the stream {@link Held#isClients() works on the client's}.
   */
  public Held hold() {
    return session == null
        ? new Held(transactions.begin(true), false)
        : new Held(session.transaction(), true);
  }

  /**
   * The client's transaction.
   *
   * @throws io.defradb.error.DefraException TXN_NOT_FOUND without one
   */
  public TransactionSession requiredSession() {
    if (session == null) {
      throw TransactionSession.invalid();
    }
    return session;
  }
}

package io.defradb.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Speaks to one node. A node that cannot be reached, or is too slow, is {@code UNAVAILABLE}; one
 * that answers with an error is a {@link NodeRefusal}. Safe for use by many threads; interruptible.
 */
public final class DefraClient {
  static final String API = "/api/v0";
  private static final int ERROR_TEXT_MAX = 2000;

  private final ObjectMapper json = new ObjectMapper();
  private final ClientSettings settings;
  private final HttpClient http;

  public DefraClient(ClientSettings settings) {
    this.settings = settings;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.connectTimeout());
    if (settings.tls() != null) {
      builder.sslContext(settings.tls());
    }
    this.http = builder.build();
  }

  /**
   * Sends one request and answers whatever came back. {@code path} begins with a slash and has its
   * query in it.
   */
  public NodeAnswer exchange(String method, String path, byte @Nullable [] body)
      throws InterruptedException {
    HttpResponse<byte[]> answer =
        send(request(method, path, body), HttpResponse.BodyHandlers.ofByteArray());
    return new NodeAnswer(answer.statusCode(), answer.body());
  }

  /**
   * As {@link #exchange}, but an answer that is no success is thrown, and the body is parsed; empty
   * is null.
   */
  public JsonNode call(String method, String path, byte @Nullable [] body)
      throws InterruptedException {
    NodeAnswer answer = exchange(method, API + path, body);
    if (!answer.isSuccess()) {
      throw refusal(answer);
    }
    return parse(answer.body());
  }

  public boolean isHealthy() throws InterruptedException {
    try {
      return exchange("GET", "/health-check", null).isSuccess();
    } catch (DefraException e) {
      return false;
    }
  }

  /**
   * Runs a request and answers its {@code data}. GraphQL errors are thrown as {@code
   * INVALID_REQUEST}.
   */
  public JsonNode graphql(String query, Map<String, ?> variables) throws InterruptedException {
    ObjectNode body = json.createObjectNode().put("query", query);
    body.set("variables", json.valueToTree(variables));
    JsonNode answer = call("POST", "/graphql", bytes(body));
    if (answer.hasNonNull("errors")) {
      var texts = new StringJoiner("\n");
      answer.get("errors").forEach(error -> texts.add(error.path("message").asText()));
      throw new NodeRefusal(ErrorCode.INVALID_REQUEST, texts.toString(), 200, answer);
    }
    return answer.path("data");
  }

  public JsonNode addSchema(String sdl) throws InterruptedException {
    return call("POST", "/schema", sdl.getBytes(StandardCharsets.UTF_8));
  }

  /** Patches schemas and makes the new versions active; {@code patch}: JSON Patch text. */
  public void patchSchema(String patch) throws InterruptedException {
    call(
        "PATCH",
        "/schema",
        bytes(json.createObjectNode().put("Patch", patch).put("SetAsDefaultVersion", true)));
  }

  /** The active version of a collection: {@code {"version":…,"schema":…}}. */
  public JsonNode collection(String name) throws InterruptedException {
    JsonNode found = call("GET", "/collections?name=" + encode(name), null);
    if (found.isEmpty()) {
      throw new DefraException(
          ErrorCode.COLLECTION_NOT_FOUND, "collection not found", "CollectionName", name);
    }
    return found.get(0);
  }

  /** {@code POST /ingest}: see the format document. */
  public JsonNode ingest(byte[] batch) throws InterruptedException {
    return call("POST", "/ingest", batch);
  }

  public JsonNode ingestPositions(String sink) throws InterruptedException {
    return call("GET", "/ingest/positions?sink=" + encode(sink), null);
  }

  /** Forgets how far one partition of a sink has been applied. */
  public void forgetIngestPosition(String sink, String topic, int partition)
      throws InterruptedException {
    String source = "sink=" + encode(sink) + "&topic=" + encode(topic) + "&partition=" + partition;
    call("DELETE", "/ingest/positions?" + source, null);
  }

  /** One page of the feed; with {@code feed=longpoll} waits at the node for the first entry. */
  public <I> ChangePage<I> changes(ChangeQuery query, ImageReader<I> images)
      throws InterruptedException {
    NodeAnswer answer = exchange("GET", API + "/changes" + query.toQuery(), null);
    if (!answer.isSuccess()) {
      throw refusal(answer);
    }
    try (JsonParser parser = json.getFactory().createParser(answer.body())) {
      return new ChangeParser<>(images).page(parser);
    } catch (IOException e) {
      throw new DefraException(ErrorCode.UNAVAILABLE, "the node's answer is no page of changes", e);
    }
  }

  public JsonNode changesInfo() throws InterruptedException {
    return call("GET", "/changes/info", null);
  }

  /** Holds back what the feed would forget from {@code seq} on. */
  public void holdChanges(String consumer, String feedId, long seq, long ttlSeconds)
      throws InterruptedException {
    ObjectNode body =
        json.createObjectNode().put("feedId", feedId).put("seq", seq).put("ttlSeconds", ttlSeconds);
    call("PUT", "/changes/consumers/" + encode(consumer), bytes(body));
  }

  public void releaseChanges(String consumer) throws InterruptedException {
    call("DELETE", "/changes/consumers/" + encode(consumer), null);
  }

  /** Streams documents as of one moment; close it. */
  public <I> SnapshotStream<I> snapshot(SnapshotQuery query, ImageReader<I> images)
      throws InterruptedException {
    HttpResponse<InputStream> answer =
        send(
            request("GET", API + "/changes/snapshot" + query.toQuery(), null),
            HttpResponse.BodyHandlers.ofInputStream());
    if (answer.statusCode() != 200) {
      try (InputStream body = answer.body()) {
        throw refusal(new NodeAnswer(answer.statusCode(), body.readAllBytes()));
      } catch (IOException e) {
        throw unavailable(e);
      }
    }
    InputStream body = new WatchedBody(answer.body(), settings.requestTimeout());
    return SnapshotStream.open(json, body, images);
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private HttpRequest request(String method, String path, byte @Nullable [] body) {
    var publisher =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofByteArray(body);
    var request =
        HttpRequest.newBuilder(settings.url().resolve(path))
            .timeout(settings.requestTimeout())
            .method(method, publisher);
    String token = settings.bearerToken().get();
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return request.build();
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws InterruptedException {
    CompletableFuture<HttpResponse<T>> answer = http.sendAsync(request, handler);
    try {
      return answer.get(settings.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw unavailable(e.getCause() instanceof IOException why ? why : new IOException(e));
    } catch (TimeoutException e) {
      answer.cancel(true); // the request's own timeout ends with the answer's head
      throw unavailable(new HttpTimeoutException("the answer did not end in time"));
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    }
  }

  private DefraException unavailable(IOException e) {
    URI url = settings.url();
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new DefraException(
        ErrorCode.UNAVAILABLE, "no answer from the node", Map.of("URL", url, "Reason", reason), e);
  }

  private NodeRefusal refusal(NodeAnswer answer) {
    JsonNode body;
    try {
      body = json.readTree(answer.body());
    } catch (IOException e) {
      body = json.createObjectNode();
    }
    String text = body.path("error").asText("");
    if (text.isEmpty()) {
      String shown = answer.text().strip();
      text = answer.status() + ": " + shown.substring(0, Math.min(shown.length(), ERROR_TEXT_MAX));
    }
    return new NodeRefusal(
        code(body.path("code").asText(""), answer.status()), text, answer.status(), body);
  }

  /** The node's own code, where it gives one this version knows; else what the status says. */
  private static ErrorCode code(String name, int status) {
    for (ErrorCode code : ErrorCode.values()) {
      if (code.name().equals(name)) {
        return code;
      }
    }
    return switch (status) {
      case 401, 403 -> ErrorCode.FORBIDDEN;
      case 404 -> ErrorCode.COLLECTION_NOT_FOUND;
      case 409 -> ErrorCode.TXN_CONFLICT;
      case 410 -> ErrorCode.FEED_GONE;
      case 413 -> ErrorCode.TOO_LARGE;
      case 429, 502, 503, 504 -> ErrorCode.BUSY;
      case 500 -> ErrorCode.INTERNAL;
      default -> ErrorCode.INVALID_REQUEST;
    };
  }

  private byte[] bytes(JsonNode body) {
    try {
      return json.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new DefraException(ErrorCode.INVALID_JSON, "a request cannot be written as JSON", e);
    }
  }

  private JsonNode parse(byte[] body) {
    if (body.length == 0) {
      return json.nullNode();
    }
    try {
      return json.readTree(body);
    } catch (IOException e) {
      throw new DefraException(ErrorCode.UNAVAILABLE, "the node's answer is no JSON", e);
    }
  }
}

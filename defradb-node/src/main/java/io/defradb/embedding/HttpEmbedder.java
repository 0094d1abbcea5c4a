package io.defradb.embedding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.schema.CollectionVersion.VectorEmbedding;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks {@code POST {url}/embeddings}: of {@code ollama} as {@code {"model", "prompt"}}, answered
 * {@code {"embedding": [..]}}; of {@code openai} and all that speak like it as {@code {"model",
 * "input"}}, answered {@code {"data": [{"embedding": [..]}]}}. A vector that is not of length 1 is
 * scaled for {@code ollama}; the other sees to it itself. Redirects are not followed: a key goes to
 * the host that was configured.
 */
public final class HttpEmbedder implements Embedder {
  private static final String OPENAI = "openai";
  private static final Map<String, String> URLS =
      Map.of("ollama", "http://localhost:11434/api", OPENAI, "https://api.openai.com/v1");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double LENGTH_TOLERANCE = 1e-6;
  private static final int STATUS_OK = 200;

  private final Supplier<HttpClient> http;
  private final String apiKey;
  private final Limits limits;
  private @Nullable HttpClient client;

  /**
   * What a provider may take.
   *
   * @param answerMax from the question to the whole answer
   */
  public record Limits(Duration answerMax, int answerBytesMax) {
    /** A minute, and a vector of some hundred thousand numbers. */
    public static final Limits DEFAULT = new Limits(Duration.ofMinutes(1), 4 << 20);
  }

  /**
   * @param http makes the client that asks, once, when first needed
   * @param apiKey for {@code openai}; empty: none
   */
  public HttpEmbedder(Supplier<HttpClient> http, String apiKey, Limits limits) {
    this.http = http;
    this.apiKey = apiKey;
    this.limits = limits;
  }

  @Override
  public List<Float> embed(VectorEmbedding how, String text) {
    boolean isOpenAi = how.provider().equals(OPENAI);
    HttpResponse<byte[]> answer = send(request(how, isOpenAi, text));
    if (answer.statusCode() != STATUS_OK) {
      throw fault("error response from the embedding API: " + answer.statusCode(), null);
    }
    List<Float> vector = vector(answer.body(), isOpenAi);
    return isOpenAi ? vector : ofLengthOne(vector);
  }

  private HttpRequest request(VectorEmbedding how, boolean isOpenAi, String text) {
    String base = how.url().isEmpty() ? URLS.getOrDefault(how.provider(), "") : how.url();
    ObjectNode body = JSON.createObjectNode();
    body.put("model", how.model());
    body.put(isOpenAi ? "input" : "prompt", text);
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(base + "/embeddings"))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
      return isOpenAi && !apiKey.isEmpty()
          ? request.header("Authorization", "Bearer " + apiKey).build()
          : request.build();
    } catch (IllegalArgumentException e) {
      throw fault("couldn't create request: " + e.getMessage(), e);
    }
  }

  /**
   * The client's own time-out ends with the headers; this one holds for an answer that trickles.
   */
  private HttpResponse<byte[]> send(HttpRequest request) {
    CompletableFuture<HttpResponse<byte[]>> asked =
        client().sendAsync(request, head -> new BoundedBody(limits.answerBytesMax()));
    try {
      return asked.get(limits.answerMax().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      asked.cancel(true);
      throw fault("couldn't send request: the embedding provider did not answer in time", e);
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      boolean isAway = cause instanceof ConnectException;
      throw fault(
          "couldn't send request: "
              + (isAway ? "the embedding provider cannot be reached" : cause.getMessage()),
          cause);
    } catch (InterruptedException e) {
      asked.cancel(true);
      Thread.currentThread().interrupt();
      throw fault("couldn't send request: interrupted", e);
    }
  }

  private synchronized HttpClient client() {
    HttpClient made = client;
    if (made == null) {
      made = http.get();
      client = made;
    }
    return made;
  }

  private static List<Float> vector(byte[] body, boolean isOpenAi) {
    JsonNode answer;
    try {
      answer = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw fault("couldn't unmarshal response body: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw fault("couldn't unmarshal response body: " + e.getMessage(), e);
    }
    JsonNode numbers =
        isOpenAi ? answer.path("data").path(0).path("embedding") : answer.path("embedding");
    if (!numbers.isArray() || numbers.isEmpty()) {
      throw fault("no embeddings found in the response", null);
    }
    List<Float> vector = new ArrayList<>(numbers.size());
    for (JsonNode number : numbers) {
      float value = number.floatValue();
      if (!number.isNumber() || !Float.isFinite(value)) {
        throw fault("couldn't unmarshal response body: a vector holds numbers only", null);
      }
      vector.add(value);
    }
    return vector;
  }

  /** In single precision, as the reference does it. */
  private static List<Float> ofLengthOne(List<Float> vector) {
    double exact = 0;
    float squares = 0;
    for (float number : vector) {
      exact += (double) number * number;
      squares += number * number;
    }
    if (Math.abs(Math.sqrt(exact) - 1) < LENGTH_TOLERANCE || squares == 0) {
      return vector;
    }
    float length = (float) Math.sqrt(squares);
    return vector.stream().map(it -> it / length).toList();
  }

  private static DefraException fault(String text, @Nullable Throwable cause) {
    return new DefraException(ErrorCode.UNAVAILABLE, text, Map.of(), cause);
  }
}

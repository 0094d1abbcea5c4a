package io.defradb.quickstart.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The REST interface of the Connect worker, as far as the run needs it. */
public final class ConnectApi {
  private static final Duration REQUEST_WAIT = Duration.ofSeconds(90);
  private static final Duration CONFLICT_PAUSE = Duration.ofMillis(200);
  private static final int CONFLICT = 409;

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final String url;

  public ConnectApi(String url) {
    this.url = url;
  }

  /** True once the worker has joined its group and knows both connectors' classes. */
  public boolean isReady() {
    try {
      HttpResponse<String> plugins = send("GET", "/connector-plugins", "");
      HttpResponse<String> connectors = send("GET", "/connectors", "");
      return plugins.statusCode() == 200
          && connectors.statusCode() == 200
          && plugins.body().contains("DefraSinkConnector")
          && plugins.body().contains("DefraSourceConnector");
    } catch (IOException e) {
      return false;
    }
  }

  /** Creates the connector of a file in {@code config}, or updates it; {@code overrides} win. */
  public void put(Path file, Map<String, String> overrides) {
    try {
      JsonNode connector = json.readTree(Files.readString(file));
      ObjectNode config = (ObjectNode) connector.get("config");
      overrides.forEach(config::put);
      put(connector.get("name").asText(), config);
    } catch (IOException e) {
      throw new QuickstartFailure("The file " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** The same from settings in memory. */
  public void put(String name, Map<String, String> settings) {
    put(name, (ObjectNode) json.valueToTree(settings));
  }

  private void put(String name, ObjectNode config) {
    try {
      HttpResponse<String> answer =
          send("PUT", "/connectors/" + name + "/config", config.toString());
      if (answer.statusCode() >= 300) {
        throw new QuickstartFailure("Connect refused the connector " + name + ": " + answer.body());
      }
    } catch (IOException e) {
      throw new QuickstartFailure("Connect cannot be reached: " + e.getMessage(), e);
    }
  }

  /** Sends any request; answers the body, whatever the status. */
  public String call(String method, String path, String body) {
    try {
      return send(method, path, body).body();
    } catch (IOException e) {
      throw new QuickstartFailure("Connect cannot be reached: " + e.getMessage(), e);
    }
  }

  /**
   * True when the connector and all its tasks run; a failed one ends the run with its trace's first
   * line.
   */
  public boolean isRunning(String connector) {
    try {
      HttpResponse<String> answer = send("GET", "/connectors/" + connector + "/status", "");
      if (answer.statusCode() != 200) {
        return false;
      }
      JsonNode status = json.readTree(answer.body());
      requireNotFailed(connector, status.get("connector"));
      boolean areTasksRunning = !status.get("tasks").isEmpty();
      for (JsonNode task : status.get("tasks")) {
        requireNotFailed(connector, task);
        areTasksRunning &= task.get("state").asText().equals("RUNNING");
      }
      return areTasksRunning && status.get("connector").get("state").asText().equals("RUNNING");
    } catch (IOException e) {
      return false;
    }
  }

  private static void requireNotFailed(String connector, JsonNode part) {
    if (part.get("state").asText().equals("FAILED")) {
      throw new QuickstartFailure(
          "The connector "
              + connector
              + " failed: "
              + part.path("trace").asText().lines().findFirst().orElse(""));
    }
  }

  /**
   * A worker that is rebalancing refuses changes with a conflict: it is asked again for a while.
   */
  private HttpResponse<String> send(String method, String path, String body) throws IOException {
    long end = System.nanoTime() + REQUEST_WAIT.toNanos();
    HttpResponse<String> answer = sendOnce(method, path, body);
    while (answer.statusCode() == CONFLICT && System.nanoTime() < end) {
      try {
        Thread.sleep(CONFLICT_PAUSE.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new QuickstartFailure("interrupted", e);
      }
      answer = sendOnce(method, path, body);
    }
    return answer;
  }

  private HttpResponse<String> sendOnce(String method, String path, String body)
      throws IOException {
    var request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(REQUEST_WAIT)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QuickstartFailure("interrupted", e);
    }
  }
}

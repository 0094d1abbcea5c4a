package io.defradb.benchmarks.compare;

import io.defradb.benchmarks.node.NodeCommand;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A node as a process of its own that is asked over HTTP. For one thread. */
final class Node implements AutoCloseable {
  private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
  private static final long START_MILLIS_MAX = 60_000;
  private static final long START_PAUSE_MILLIS = 20;

  private final Process process;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final String url;

  private Node(Process process, int port) {
    this.process = process;
    url = "http://127.0.0.1:" + port + "/api/v0";
  }

  /**
   * Starts a node and returns when it answers.
   *
   * @param command as {@link NodeCommand} says
   */
  static Node start(String command, Path rootdir, int port) throws IOException {
    var place = new NodeCommand(command, rootdir, port);
    Process process = place.start();
    Node node = new Node(process, port);
    long begin = System.nanoTime();
    while (!node.ask(Question.read("{__typename}")).isAnswered()) {
      boolean isLate = System.nanoTime() - begin > START_MILLIS_MAX * 1_000_000;
      if (!process.isAlive() || isLate) {
        node.close();
        throw new IOException("the node did not start, see " + place.log());
      }
      pause();
    }
    return node;
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(START_PAUSE_MILLIS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException(stopped);
    }
  }

  /** What the node says; status 0 when it says nothing in time. */
  Answer ask(Question question) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + question.path()))
            .timeout(ANSWER_MAX)
            .header("Content-Type", "application/json")
            .method(question.method(), HttpRequest.BodyPublishers.ofString(question.body()))
            .build();
    try {
      HttpResponse<String> answer =
          http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Answer(answer.statusCode(), answer.body());
    } catch (IOException silent) {
      return new Answer(0, silent.toString());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Answer(0, stopped.toString());
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

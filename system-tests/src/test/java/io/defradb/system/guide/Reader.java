package io.defradb.system.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/** Somebody who tries what a page says, example by example, in one shell's variables. */
final class Reader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Newcomer newcomer;
  private final HttpClient http = HttpClient.newHttpClient();
  private boolean isRunning;
  private String printed = "";
  private String told = "";
  private @Nullable JsonNode variables;

  Reader(Newcomer newcomer) throws IOException {
    this.newcomer = newcomer;
    Files.writeString(newcomer.home.resolve("variables"), "");
  }

  void type(Example example) throws Exception {
    String text = example.text();
    switch (example.kind()) {
      case SH -> {
        if (text.startsWith("defradb start")) {
          start(text.strip());
        } else {
          Newcomer.Printed typed = newcomer.succeed(remembering(text));
          printed = typed.out();
          told = typed.err();
        }
      }
      case SH_REFUSED -> printed = newcomer.refused(atThePort(text));
      case GRAPHQL_TYPES -> assertThat(post("schema", text)).as(text).startsWith("[");
      case JSON_VARIABLES -> variables = JSON.readTree(text);
      case GRAPHQL -> printed = ask(text);
      case JSON ->
          assertThat(JSON.readTree(lastValue(printed)))
              .as("%s%n%s", text, printed)
              .isEqualTo(JSON.readTree(text));
      case TEXT -> assertThat(printed + told).contains(text.strip());
    }
  }

  /** At a free port, with the variables of the commands before. */
  private void start(String command) throws Exception {
    if (isRunning) {
      newcomer.stop();
    }
    String expanded = newcomer.succeed(remembering("echo \"" + command + "\"")).out().strip();
    String network = expanded.contains("--no-p2p") ? "" : " --no-p2p";
    newcomer.start(expanded + network + " --url 127.0.0.1:" + newcomer.port);
    isRunning = true;
  }

  private String remembering(String script) {
    return "set -e; . ./variables\n"
        + atThePort(script)
        + "\nset | grep -E '^(ANN|AUTHOR|BOB|DOC|POLICY|TX|DEFRA_KEYRING_SECRET)=' > variables"
        + " || true";
  }

  private String atThePort(String script) {
    return script.replace("127.0.0.1:9181", "127.0.0.1:" + newcomer.port);
  }

  private String ask(String request) throws Exception {
    ObjectNode body = JSON.createObjectNode().put("query", request);
    if (variables != null) {
      body.set("variables", variables);
      variables = null;
    }
    return post("graphql", body.toString());
  }

  private String post(String path, String body) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + newcomer.port + "/api/v0/" + path);
    return http.send(
            HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** The commands of a block print a value each; the last one is told. */
  private static String lastValue(String printed) throws Exception {
    String last = "";
    try (JsonParser values = JSON.createParser(printed)) {
      while (values.nextToken() != null) {
        last = values.readValueAsTree().toString();
      }
    }
    return last;
  }
}

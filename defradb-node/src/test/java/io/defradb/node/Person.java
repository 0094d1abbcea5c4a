package io.defradb.node;

import io.defradb.crypto.KeyType;
import io.defradb.identity.BearerTokens;
import io.defradb.identity.Identity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Somebody with an identity, or without, who asks nodes. */
record Person(@Nullable Identity identity) {
  static final Person NOBODY = new Person(null);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  static Person make(KeyType type) {
    return new Person(Identity.generate(type, new SecureRandom()));
  }

  String did() {
    return identity == null ? "" : identity.did();
  }

  HttpResponse<String> ask(DefraNode node, String method, String path, String body)
      throws IOException, InterruptedException {
    String host = "127.0.0.1:" + node.httpAddress().getPort();
    return ask(host, host, method, path, body);
  }

  /** With a token for {@code audience}. */
  HttpResponse<String> ask(String host, String audience, String method, String path, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://" + host + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (identity != null) {
      String token = BearerTokens.mint(identity, audience, Instant.now(), Duration.ofMinutes(1));
      request.header("Authorization", "Bearer " + token);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** The answer's body; quotes are written as {@code '}. */
  String graphql(DefraNode node, String request) throws IOException, InterruptedException {
    String body = "{\"query\":\"" + request.replace("'", "\\\"") + "\"}";
    return ask(node, "POST", "/api/v0/graphql", body).body().strip();
  }
}

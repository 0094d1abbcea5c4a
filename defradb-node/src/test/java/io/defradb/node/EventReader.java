package io.defradb.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Reads server-sent events of a subscription, from the moment it stands. */
final class EventReader implements AutoCloseable {
  private static final String DATA = "data: ";
  private static final int TIMEOUT_MILLIS = 120_000;

  private final HttpURLConnection connection;
  private final BufferedReader lines;

  EventReader(DefraNode node, String subscription) throws IOException {
    String query = URLEncoder.encode(subscription, StandardCharsets.UTF_8);
    int port = node.httpAddress().getPort();
    connection =
        (HttpURLConnection)
            URI.create("http://127.0.0.1:" + port + "/api/v0/graphql?query=" + query)
                .toURL()
                .openConnection();
    connection.setReadTimeout(TIMEOUT_MILLIS);
    lines =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
  }

  String next() throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(DATA)) {
        return line.substring(DATA.length());
      }
    }
    throw new IOException("the stream ended");
  }

  @Override
  public void close() {
    connection.disconnect();
  }
}

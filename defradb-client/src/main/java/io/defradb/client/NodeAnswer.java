package io.defradb.client;

import java.nio.charset.StandardCharsets;

/** What a node answered: status and body, not interpreted. */
public record NodeAnswer(int status, byte[] body) {
  public boolean isSuccess() {
    return status / 100 == 2;
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}

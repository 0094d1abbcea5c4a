package io.defradb.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of the server.
 *
 * @param host address to listen on; empty: all
 * @param port 0: any free one
 * @param bodyBytesMax a longer request body is answered 413
 * @param workers threads that run endpoints
 * @param waitingMax requests waiting for a worker; one more is answered 503
 * @param connectionsMax a further connection is closed at once
 * @param headMax how long a client may take for a TLS handshake, and from the first byte of a
 *     request to the end of its headers
 * @param stallMax how long a client may leave a body unsent or an answer untaken
 * @param idleMax how long a connection may stay open between requests
 * @param certificateCheck how often the TLS files are looked at for a renewed certificate
 */
public record HttpSettings(
    String host,
    int port,
    List<String> allowedOrigins,
    @Nullable Tls tls,
    int bodyBytesMax,
    int workers,
    int waitingMax,
    int connectionsMax,
    Duration headMax,
    Duration stallMax,
    Duration idleMax,
    Duration certificateCheck) {

  /** Two PEM files, a certificate chain and its key, in either order. */
  public record Tls(Path first, Path second) {}

  public HttpSettings {
    allowedOrigins = List.copyOf(allowedOrigins);
  }

  /** The usual bounds. */
  public static HttpSettings of(
      String host, int port, List<String> allowedOrigins, @Nullable Tls tls) {
    int cores = Runtime.getRuntime().availableProcessors();
    return new HttpSettings(
        host,
        port,
        allowedOrigins,
        tls,
        128 * 1024 * 1024,
        Math.max(8, 4 * cores),
        1024,
        4096,
        Duration.ofSeconds(30),
        Duration.ofSeconds(60),
        Duration.ofMinutes(5),
        Duration.ofSeconds(10));
  }
}

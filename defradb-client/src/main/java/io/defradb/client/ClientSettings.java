package io.defradb.client;

import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where the node is and how patient to be.
 *
 * @param url scheme, host and port; a path is not expected
 * @param bearerToken minted anew for every request; an empty text asks as nobody
 * @param requestTimeout from sending a request to its whole answer; of a stream to its head, and
 *     between any two parts of it
 * @param tls whom to trust; {@code null}: whom the platform trusts
 */
public record ClientSettings(
    URI url,
    Supplier<String> bearerToken,
    Duration connectTimeout,
    Duration requestTimeout,
    @Nullable SSLContext tls) {

  /** Trusts whom the platform trusts. */
  public ClientSettings(
      URI url, Supplier<String> bearerToken, Duration connectTimeout, Duration requestTimeout) {
    this(url, bearerToken, connectTimeout, requestTimeout, null);
  }

  /** Anonymous, with timeouts of 5 and 30 seconds. */
  public static ClientSettings anonymous(String url) {
    return new ClientSettings(
        URI.create(url), () -> "", Duration.ofSeconds(5), Duration.ofSeconds(30));
  }
}

package io.defradb.client.oneshot;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Addresses of nodes, and paths on them. */
final class Urls {
  private Urls() {}

  /** {@code host:port} means {@code http://host:port}. Throws {@code INVALID_CONFIG}. */
  static URI parse(String node) {
    String text = node.contains("://") ? node : "http://" + node;
    try {
      URI uri = new URI(text);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      String authority = uri.getRawAuthority();
      if (authority != null
          && uri.getHost() != null
          && (scheme.equals("http") || scheme.equals("https"))) {
        return new URI(scheme + "://" + authority.toLowerCase(Locale.ROOT));
      }
    } catch (URISyntaxException e) {
      throw invalid(node, e);
    }
    throw invalid(node, null);
  }

  static int port(URI node) {
    if (node.getPort() >= 0) {
      return node.getPort();
    }
    return node.getScheme().equals("https") ? 443 : 80;
  }

  /** A path segment or query value, escaped. */
  static String escape(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** {@code ?a=b&c=d} in the order of the map, or nothing. */
  static String query(Map<String, String> parameters) {
    var query = new StringJoiner("&", "?", "").setEmptyValue("");
    parameters.forEach((name, value) -> query.add(escape(name) + "=" + escape(value)));
    return query.toString();
  }

  private static DefraException invalid(String node, @Nullable Throwable cause) {
    return new DefraException(
        ErrorCode.INVALID_CONFIG, "invalid node URL", Map.of("URL", node), cause);
  }
}

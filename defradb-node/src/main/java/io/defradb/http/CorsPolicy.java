package io.defradb.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which web pages may ask this node (http-api specification, section 2). */
final class CorsPolicy {
  private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PATCH", "DELETE");
  private static final Set<String> HEADERS = Set.of("Content-Type", "Authorization", "Origin");

  private final Set<String> origins;
  private final boolean isOpen;

  CorsPolicy(List<String> allowedOrigins) {
    this.origins =
        allowedOrigins.stream().map(o -> o.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    this.isOpen = origins.contains("*");
  }

  boolean isAllowed(@Nullable String origin) {
    return origin != null
        && !origin.isEmpty()
        && (isOpen || origins.contains(origin.toLowerCase(Locale.ROOT)));
  }

  boolean isMethodAllowed(String method) {
    return METHODS.contains(method.toUpperCase(Locale.ROOT));
  }

  /**
   * The headers asked for in their canonical form; {@code null} when one of them is not allowed.
   */
  @Nullable List<String> allowedHeaders(@Nullable String asked) {
    var headers = new ArrayList<String>();
    if (asked != null) {
      for (String name : asked.split(",", -1)) {
        String canonical = canonical(name.strip());
        if (canonical.isEmpty()) {
          continue;
        }
        if (!HEADERS.contains(canonical)) {
          return null;
        }
        headers.add(canonical);
      }
    }
    return headers;
  }

  private static String canonical(String name) {
    var canonical = new StringBuilder(name.length());
    boolean isFirst = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      canonical.append(isFirst ? Character.toUpperCase(c) : Character.toLowerCase(c));
      isFirst = c == '-';
    }
    return canonical.toString();
  }
}

package io.defradb.node;

import io.defradb.acp.Asker;
import io.defradb.http.Authenticator;
import io.defradb.identity.BearerTokens;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the Authorization header: a bearer token, with or without that word before it.
 *
 * @param nodeDid who is the node itself; {@code null}: nobody
 */
record NodeAuthenticator(InstantSource clock, @Nullable String nodeDid) implements Authenticator {
  private static final String PREFIX = "Bearer ";

  @Override
  public Asker authenticate(@Nullable String authorization, String host) {
    if (authorization == null || authorization.isEmpty()) {
      return Asker.ANONYMOUS;
    }
    String token =
        authorization.startsWith(PREFIX) ? authorization.substring(PREFIX.length()) : authorization;
    String did = BearerTokens.verify(token, host, clock.instant()).did();
    return new Asker(did, Objects.equals(did, nodeDid));
  }
}

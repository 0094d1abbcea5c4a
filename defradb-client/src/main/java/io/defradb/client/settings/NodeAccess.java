package io.defradb.client.settings;

import io.defradb.client.ClientSettings;
import io.defradb.client.DefraClient;
import io.defradb.crypto.KeyType;
import io.defradb.identity.BearerTokens;
import io.defradb.identity.Identity;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where a connector's node is, and as whom it is asked.
 *
 * @param identity empty: as nobody
 * @param tokenLifetime how long the token is good that each request carries
 * @param trusted certificates to trust alone; empty: those that the platform trusts
 */
public record NodeAccess(
    URI url,
    Duration requestTimeout,
    Optional<Identity> identity,
    Duration tokenLifetime,
    Optional<Path> trusted) {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /**
   * From values that were checked, by setting.
   *
   * @throws io.defradb.error.DefraException INVALID_KEY: the key is none of its type
   */
  public static NodeAccess of(Function<NodeSetting, String> values) {
    String key = values.apply(NodeSetting.IDENTITY_KEY);
    KeyType type = KeyType.byWord(values.apply(NodeSetting.IDENTITY_KEY_TYPE));
    String trusted = values.apply(NodeSetting.TRUSTED);
    return new NodeAccess(
        URI.create(values.apply(NodeSetting.URL)),
        Duration.ofMillis(Long.parseLong(values.apply(NodeSetting.REQUEST_TIMEOUT))),
        key.isEmpty() ? Optional.empty() : Optional.of(Identity.parse(type, key)),
        Duration.ofMillis(Long.parseLong(values.apply(NodeSetting.TOKEN_LIFETIME))),
        trusted.isEmpty() ? Optional.empty() : Optional.of(Path.of(trusted)));
  }

  /** {@code clock}: tells when tokens begin to count. */
  public DefraClient client(InstantSource clock) {
    String audience = url.getRawAuthority().toLowerCase(Locale.ROOT);
    Supplier<String> token =
        () ->
            identity
                .map(who -> BearerTokens.mint(who, audience, clock.instant(), tokenLifetime))
                .orElse("");
    return new DefraClient(
        new ClientSettings(
            url,
            token,
            CONNECT_TIMEOUT,
            requestTimeout,
            trusted.map(TrustedCertificates::read).orElse(null)));
  }
}

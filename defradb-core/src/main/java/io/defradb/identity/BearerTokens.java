package io.defradb.identity;

import io.defradb.crypto.KeyType;
import io.defradb.crypto.PublicKey;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bearer tokens: JWTs in which the subject is the signer's own public key (data-model
 * specification, section 11). Every fault is {@code FORBIDDEN}; its text is for logs, a node's
 * answer says only that it is forbidden.
 */
public final class BearerTokens {
  /** How long the tokens of a client live. */
  public static final Duration LIFETIME = Duration.ofMinutes(15);

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final int CHARACTERS_MAX = 16 * 1024;

  private BearerTokens() {}

  /** {@code audience}: host and port of the node, in lower case. */
  public static String mint(Identity identity, String audience, Instant now, Duration lifetime) {
    return mint(identity, audience, now, lifetime, null);
  }

  /** {@code authorizedAccount}: a SourceHub account that may act for the identity. */
  public static String mint(
      Identity identity,
      String audience,
      Instant now,
      Duration lifetime,
      @Nullable String authorizedAccount) {
    KeyType type = identity.privateKey().type();
    String header = "{\"alg\":\"" + type.algorithm() + "\",\"typ\":\"JWT\"}";
    var claims = new StringBuilder("{\"aud\":[").append(FlatJson.quoted(audience)).append(']');
    if (authorizedAccount != null) {
      claims.append(",\"authorized_account\":").append(FlatJson.quoted(authorizedAccount));
    }
    claims
        .append(",\"exp\":")
        .append(now.plus(lifetime).getEpochSecond())
        .append(",\"iat\":")
        .append(now.getEpochSecond())
        .append(",\"iss\":\"")
        .append(identity.did())
        .append("\",\"key_type\":\"")
        .append(type.word())
        .append("\",\"nbf\":")
        .append(now.getEpochSecond())
        .append(",\"sub\":\"")
        .append(identity.privateKey().publicKey().text())
        .append("\"}");
    String signed =
        encode(header.getBytes(StandardCharsets.UTF_8))
            + "."
            + encode(claims.toString().getBytes(StandardCharsets.UTF_8));
    return signed + "." + encode(identity.privateKey().signCompact(ascii(signed)));
  }

  /**
   * The identity that {@code token} speaks for.
   *
   * @param audience the request's Host header in lower case; a claim with {@code http://} or {@code
   *     https://} before it is as good
   */
  public static PublicIdentity verify(String token, String audience, Instant now) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3 || token.length() > CHARACTERS_MAX) {
      throw forbidden("invalid JWT");
    }
    readObject(parts[0], "invalid jws message: failed to parse JOSE headers: EOF");
    Map<String, @Nullable Object> claims = readObject(parts[1], "invalid JWT");
    PublicKey key = key(claims);
    if (key.type() == KeyType.SECP256R1) {
      throw new DefraException(
          ErrorCode.FORBIDDEN, "unsupported key type", "KeyType", key.type().word());
    }
    byte[] signed = ascii(parts[0] + "." + parts[1]);
    if (!key.verifiesCompact(signed, decode(parts[2], "invalid JWT"))) {
      throw forbidden("could not verify message using any of the signatures or keys");
    }
    checkTimes(claims, now);
    checkAudience(claims, audience);
    return PublicIdentity.of(key);
  }

  private static PublicKey key(Map<String, @Nullable Object> claims) {
    Object keyType = claims.get("key_type");
    if (keyType == null) {
      throw forbidden("missing key type in token");
    }
    if (!(keyType instanceof String word)) {
      throw forbidden("key type claim must be a string");
    }
    Object subject = claims.getOrDefault("sub", "");
    if (!(subject instanceof String hex)) {
      throw forbidden("invalid JWT");
    }
    try {
      return PublicKey.parse(KeyType.byWord(word), hex);
    } catch (DefraException e) {
      throw new DefraException(ErrorCode.FORBIDDEN, e.text(), e.context(), e.getCause());
    }
  }

  private static void checkTimes(Map<String, @Nullable Object> claims, Instant now) {
    long second = now.getEpochSecond();
    Double expires = seconds(claims, "exp");
    if (expires != null && second >= expires) {
      throw forbidden("\"exp\" not satisfied");
    }
    Double issued = seconds(claims, "iat");
    if (issued != null && second < Math.floor(issued)) {
      throw forbidden("\"iat\" not satisfied");
    }
    Double from = seconds(claims, "nbf");
    if (from != null && second < Math.floor(from)) {
      throw forbidden("\"nbf\" not satisfied");
    }
  }

  private static @Nullable Double seconds(Map<String, @Nullable Object> claims, String name) {
    Object value = claims.get(name);
    if (value == null || value instanceof Double) {
      return (Double) value;
    }
    throw forbidden("invalid JWT");
  }

  private static void checkAudience(Map<String, @Nullable Object> claims, String audience) {
    Object given = claims.get("aud");
    if (given == null) {
      throw forbidden("claim \"aud\" not found");
    }
    List<?> audiences = given instanceof List<?> list ? list : List.of(given);
    if (!audiences.contains(audience)
        && !audiences.contains("http://" + audience)
        && !audiences.contains("https://" + audience)) {
      throw forbidden("\"aud\" not satisfied");
    }
  }

  private static Map<String, @Nullable Object> readObject(String part, String fault) {
    try {
      return FlatJson.object(new String(decode(part, fault), StandardCharsets.UTF_8));
    } catch (FlatJson.Fault e) {
      throw forbidden(fault);
    }
  }

  private static byte[] decode(String part, String fault) {
    try {
      return Base64.getUrlDecoder().decode(part);
    } catch (IllegalArgumentException e) {
      throw forbidden(fault);
    }
  }

  private static String encode(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static DefraException forbidden(String text) {
    return new DefraException(ErrorCode.FORBIDDEN, text);
  }
}

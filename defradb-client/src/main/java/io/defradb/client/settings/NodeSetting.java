package io.defradb.client.settings;

import io.defradb.crypto.KeyType;
import io.defradb.error.DefraException;
import io.defradb.identity.BearerTokens;
import io.defradb.identity.Identity;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A setting by which every connector reaches its node: the name that users write, and its rule. */
public enum NodeSetting {
  URL(
      "defradb.url",
      Kind.TEXT,
      "http://127.0.0.1:9181",
      "http(s) address",
      "Node URL",
      "Address of the node's HTTP API.") {
    @Override
    void check(String value) {
      URI uri = URI.create(value);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if (uri.getHost() == null || !List.of("http", "https").contains(scheme)) {
        throw new IllegalArgumentException("it has no host, or is neither http nor https");
      }
    }
  },

  REQUEST_TIMEOUT(
      "defradb.request.timeout.ms",
      Kind.NUMBER,
      "30000",
      "[100,...,600000]",
      "Request timeout",
      "Milliseconds until a request to the node counts as lost and is sent again.") {
    @Override
    void check(String value) {
      long millis = Long.parseLong(value);
      if (millis < 100 || millis > 600_000) {
        throw new IllegalArgumentException("it is out of range");
      }
    }
  },

  TRUSTED(
      "defradb.tls.ca.file",
      Kind.TEXT,
      "",
      "PEM file",
      "Trusted certificates",
      "Certificates that an https node is trusted by, in place of the platform's: its own, or its"
          + " authority's.") {
    @Override
    void check(String value) {
      if (!value.isEmpty()) {
        TrustedCertificates.read(Path.of(value));
      }
    }
  },

  IDENTITY_KEY(
      "defradb.identity.key",
      Kind.SECRET,
      "",
      "private key in hexadecimal",
      "Identity key",
      "Private key of the identity that the connector acts as; empty: as nobody. Each request"
          + " carries a short-lived token, signed with it; the key itself never leaves the worker.") {
    @Override
    void check(String value) {
      if (!value.isEmpty() && !isKey(KeyType.SECP256K1, value) && !isKey(KeyType.ED25519, value)) {
        throw new IllegalArgumentException("it is a key of no known type");
      }
    }
  },

  IDENTITY_KEY_TYPE(
      "defradb.identity.key.type",
      Kind.TEXT,
      KeyType.SECP256K1.word(),
      "[secp256k1, ed25519]",
      "Identity key type",
      "What kind of key it is.") {
    @Override
    void check(String value) {
      if (!List.of(KeyType.SECP256K1.word(), KeyType.ED25519.word()).contains(value)) {
        throw new IllegalArgumentException("it is neither secp256k1 nor ed25519");
      }
    }
  },

  TOKEN_LIFETIME(
      "defradb.identity.token.lifetime.ms",
      Kind.NUMBER,
      String.valueOf(BearerTokens.LIFETIME.toMillis()),
      "[5000,...,86400000]",
      "Token lifetime",
      "Milliseconds that a token is good for. Each request has one of its own: what it must outlive"
          + " is the way to the node, and how far the clocks of worker and node are apart.") {
    @Override
    void check(String value) {
      long millis = Long.parseLong(value);
      if (millis < 5000 || millis > 86_400_000) {
        throw new IllegalArgumentException("it is out of range");
      }
    }
  };

  /** How the value is written and shown. */
  public enum Kind {
    TEXT,
    NUMBER,
    SECRET
  }

  private static boolean isKey(KeyType type, String hex) {
    try {
      Identity.parse(type, hex);
      return true;
    } catch (DefraException e) {
      return false;
    }
  }

  private final String key;
  private final Kind kind;
  private final String initial;
  private final String range;
  private final String display;
  private final String meaning;

  NodeSetting(String key, Kind kind, String initial, String range, String display, String meaning) {
    this.key = key;
    this.kind = kind;
    this.initial = initial;
    this.range = range;
    this.display = display;
    this.meaning = meaning;
  }

  /** Throws {@code IllegalArgumentException}; its message never holds a secret. */
  abstract void check(String value);

  /**
   * What is wrong with a value, for users.
   *
   * @throws IllegalArgumentException with a whole clause
   */
  public void require(String value) {
    try {
      check(value);
    } catch (IllegalArgumentException e) {
      String reason = kind == Kind.SECRET || e.getMessage() == null ? "" : ": " + e.getMessage();
      throw new IllegalArgumentException("must be " + wanted() + reason, e);
    }
  }

  private String wanted() {
    return this == URL ? "an address such as " + initial : range;
  }

  public String key() {
    return key;
  }

  public Kind kind() {
    return kind;
  }

  /** The value of who gives none. */
  public String initial() {
    return initial;
  }

  /** Which values there are, in a few words. */
  public String range() {
    return range;
  }

  public String display() {
    return display;
  }

  public String meaning() {
    return meaning;
  }
}

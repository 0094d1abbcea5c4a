package io.defradb.cli.config;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set, in the order of {@code config.yaml} (cli specification, section 2).
 */
public enum Setting {
  SOURCE_HUB_ADDRESS("acp.document.sourcehub.address", "source-hub-address", ""),
  DOCUMENT_ACP_TYPE("acp.document.type", "document-acp-type", "none"),
  NODE_ACP("acp.node.enable", "node-acp-enable", false),
  ADDRESS("api.address", "url", "127.0.0.1:9181"),
  ALLOWED_ORIGINS("api.allowed-origins", "allowed-origins", List.of()),
  NO_CONSOLE("api.consoledisabled", "no-console", false),
  PRIVATE_KEY_PATH("api.privkeypath", "privkeypath", ""),
  PUBLIC_KEY_PATH("api.pubkeypath", "pubkeypath", ""),
  TLS("api.tls", "tls", false),
  DATA_PATH("datastore.badger.path", null, "data"),
  VALUE_LOG_FILE_SIZE("datastore.badger.valuelogfilesize", "valuelogfilesize", 1073741824L),
  DEFAULT_KEY_TYPE("datastore.defaultkeytype", "default-key-type", "secp256k1"),
  DURABILITY("datastore.durability", "durability", "os"),
  MAX_TXN_RETRIES("datastore.maxtxnretries", "max-txn-retries", 5L),
  NO_ENCRYPTION("datastore.noencryption", "no-encryption", false),
  NO_SIGNING("datastore.nosigning", "no-signing", false),
  STORE("datastore.store", "store", "badger"),
  DEVELOPMENT("development", "development", false),
  KEYRING_BACKEND("keyring.backend", "keyring-backend", "file"),
  NO_KEYRING("keyring.disabled", "no-keyring", false),
  KEYRING_NAMESPACE("keyring.namespace", "keyring-namespace", "defradb"),
  KEYRING_PATH("keyring.path", "keyring-path", "keys"),
  KEYRING_SECRET("keyring.secret", null, ""),
  NO_LOG_COLOR("log.colordisabled", "no-log-color", false),
  LOG_FORMAT("log.format", "log-format", "text"),
  LOG_LEVEL("log.level", "log-level", "info"),
  LOG_OUTPUT("log.output", "log-output", "stderr"),
  LOG_OVERRIDES("log.overrides", "log-overrides", ""),
  LOG_SOURCE("log.source", "log-source", false),
  LOG_STACKTRACE("log.stacktrace", "log-stacktrace", false),
  KEY_EXCHANGE("net.kms", "kms", "none"),
  P2P_ADDRESSES("net.p2paddresses", "p2paddr", List.of("/ip4/127.0.0.1/tcp/9171")),
  NO_P2P("net.p2pdisabled", "no-p2p", false),
  PEERS("net.peers", "peers", List.of()),
  PUB_SUB("net.pubsubenabled", null, true),
  RELAY("net.relay", null, false),
  RETRY_INTERVALS(
      "replicator.retryintervals",
      "replicator-retry-intervals",
      List.of("30", "60", "120", "240", "480", "960", "1920")),
  SECRET_FILE("secretfile", "secret-file", ".env"),
  NO_TELEMETRY("telemetry.disabled", "no-telemetry", false);

  private final String key;
  private final @Nullable String flag;
  private final Object initial;

  Setting(String key, @Nullable String flag, Object initial) {
    this.key = key;
    this.flag = flag;
    this.initial = initial;
  }

  /** Its place in {@code config.yaml}. */
  public String key() {
    return key;
  }

  /** {@code null}: it has no flag. */
  public @Nullable String flag() {
    return flag;
  }

  /** A text, a {@code Boolean}, a {@code Long} or a list of texts. */
  Object initial() {
    return initial;
  }

  /** {@code DEFRA_API_ADDRESS}. */
  String variable() {
    return "DEFRA_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}

package io.defradb.cli.config;

import io.defradb.cli.command.Flag;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set, in the order of {@code config.yaml} (cli specification, section 2).
 */
public enum Setting {
  SOURCE_HUB_ADDRESS(
      "acp.document.sourcehub.address",
      "source-hub-address",
      "",
      "SourceHub account that may act for the user"),
  DOCUMENT_ACP_TYPE(
      "acp.document.type",
      "document-acp-type",
      "none",
      "Access control of documents: none, local, source-hub"),
  NODE_ACP(
      "acp.node.enable",
      "node-acp-enable",
      false,
      "Access control of the node; the identity that starts it owns it"),
  ADDRESS(
      "api.address",
      "url",
      "127.0.0.1:9181",
      "Address of the HTTP API: host:port, for clients also a URL"),
  ALLOWED_ORIGINS(
      "api.allowed-origins",
      "allowed-origins",
      List.of(),
      "Origins whose web pages may ask from a browser; * allows all"),
  NO_CONSOLE("api.consoledisabled", "no-console", false, "No console for browsers at /"),
  PRIVATE_KEY_PATH("api.privkeypath", "privkeypath", "", "Private key for TLS, a PEM file"),
  PUBLIC_KEY_PATH("api.pubkeypath", "pubkeypath", "", "Certificate chain for TLS, a PEM file"),
  TLS("api.tls", "tls", false, "Serve HTTPS with certs/server.crt and certs/server.key"),
  DATA_PATH("datastore.badger.path", null, "data", "Folder of the store"),
  VALUE_LOG_FILE_SIZE(
      "datastore.badger.valuelogfilesize",
      "valuelogfilesize",
      1073741824L,
      "Accepted for compatibility"),
  DEFAULT_KEY_TYPE(
      "datastore.defaultkeytype",
      "default-key-type",
      "secp256k1",
      "Type of a new node identity: secp256k1 or ed25519"),
  DURABILITY(
      "datastore.durability",
      "durability",
      "os",
      "What a write survives: os (process) or sync (machine)"),
  MAX_TXN_RETRIES(
      "datastore.maxtxnretries", "max-txn-retries", 5L, "How often a transaction is tried again"),
  NO_ENCRYPTION(
      "datastore.noencryption", "no-encryption", false, "Do not seal the store. Cannot be undone"),
  NO_SIGNING("datastore.nosigning", "no-signing", false, "Do not sign commits"),
  STORE(
      "datastore.store",
      "store",
      "badger",
      "Where data are kept: badger or rocksdb (disk), memory"),
  DEVELOPMENT(
      "development", "development", false, "Allow purge; an identity even without a keyring"),
  KEYRING_BACKEND("keyring.backend", "keyring-backend", "file", "Where keys are kept: file"),
  NO_KEYRING("keyring.disabled", "no-keyring", false, "No keyring: keys for this run only"),
  KEYRING_NAMESPACE(
      "keyring.namespace",
      "keyring-namespace",
      "defradb",
      "Name of the service in a keyring of the system"),
  KEYRING_PATH("keyring.path", "keyring-path", "keys", "Folder of the keys, relative to the root"),
  KEYRING_SECRET(
      "keyring.secret",
      null,
      "",
      "Password of the keyring; wanted in the environment or the secret file"),
  NO_LOG_COLOR("log.colordisabled", "no-log-color", false, "No colours in the log"),
  LOG_FORMAT("log.format", "log-format", "text", "text or json"),
  LOG_LEVEL("log.level", "log-level", "info", "debug, info, error or fatal"),
  LOG_OUTPUT("log.output", "log-output", "stderr", "stderr or stdout"),
  LOG_OVERRIDES(
      "log.overrides", "log-overrides", "", "Levels of single loggers: <name>,level=<level>;..."),
  LOG_SOURCE("log.source", "log-source", false, "Log where in the source a line comes from"),
  LOG_STACKTRACE("log.stacktrace", "log-stacktrace", false, "Log the stack trace of errors"),
  KEY_EXCHANGE("net.kms", "kms", "none", "Keys of encrypted documents among peers: none, pubsub"),
  P2P_ADDRESSES(
      "net.p2paddresses",
      "p2paddr",
      List.of("/ip4/127.0.0.1/tcp/9171"),
      "Addresses of the peer-to-peer network"),
  NO_P2P("net.p2pdisabled", "no-p2p", false, "No peer-to-peer network"),
  PEERS("net.peers", "peers", List.of(), "Peers to connect to"),
  PUB_SUB("net.pubsubenabled", null, true, "Gossip of commits among peers"),
  RELAY("net.relay", null, false, "Accepted for compatibility"),
  RETRY_INTERVALS(
      "replicator.retryintervals",
      "replicator-retry-intervals",
      List.of("30", "60", "120", "240", "480", "960", "1920"),
      "Seconds between tries of a replicator"),
  SECRET_FILE(
      "secretfile", "secret-file", ".env", "File with secrets, relative to the working directory"),
  NO_TELEMETRY(
      "telemetry.disabled",
      "no-telemetry",
      false,
      "Accepted for compatibility: there is no telemetry");

  private final String key;
  private final @Nullable String flag;

  @SuppressWarnings("ImmutableEnumChecker") // a text, a number, a switch, or a list that is a copy
  private final Object initial;

  private final String summary;

  Setting(String key, @Nullable String flag, Object initial, String summary) {
    this.key = key;
    this.flag = flag;
    this.initial = initial;
    this.summary = summary;
  }

  /** Its place in {@code config.yaml}. */
  public String key() {
    return key;
  }

  /** {@code null}: it has no flag. */
  public @Nullable String flag() {
    return flag;
  }

  /** One line. */
  public String summary() {
    return summary;
  }

  /** How the command line takes it; only for one that has a flag. */
  public Flag asFlag() {
    String name = Objects.requireNonNull(flag, "no flag");
    boolean isSwitch = initial instanceof Boolean && this != NODE_ACP; // that one takes a word
    if (isSwitch) {
      return Flag.on(name, summary);
    }
    if (initial instanceof List<?> items) {
      String shown = items.stream().map(String::valueOf).collect(Collectors.joining(","));
      Flag list = this == RETRY_INTERVALS ? Flag.numbers(name, summary) : Flag.list(name, summary);
      return list.initially(shown.isEmpty() ? "" : "[" + shown + "]");
    }
    boolean isQuoted = !(initial instanceof Long || initial.equals(""));
    String shown = isQuoted ? "\"" + initial + "\"" : String.valueOf(initial);
    boolean isNumber = initial instanceof Long;
    return (isNumber ? Flag.number(name, summary) : Flag.text(name, summary)).initially(shown);
  }

  /** A text, a {@code Boolean}, a {@code Long} or a list of texts. */
  public Object initial() {
    return initial;
  }

  /** Its name in the environment: {@code DEFRA_API_ADDRESS}. */
  public String variable() {
    return "DEFRA_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}

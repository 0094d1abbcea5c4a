package io.defradb.cli.start;

import io.defradb.cli.command.CommandFault;
import io.defradb.cli.config.Setting;
import io.defradb.cli.config.Settings;
import io.defradb.crypto.KeyType;
import io.defradb.identity.Identity;
import io.defradb.node.NodeConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Settings of the command line as a node's configuration; what is wrong is said here, at once. */
final class NodeConfigs {
  private static final Path DEFAULT_CERTIFICATE = Path.of("certs", "server.crt");
  private static final Path DEFAULT_KEY = Path.of("certs", "server.key");

  private static final int TRANSACTION_RETRIES_MAX = 1000;

  private NodeConfigs() {}

  /** {@code identity}: the private key given to {@code start}, in hex. */
  static NodeConfig of(Settings settings, Optional<String> identity, @Nullable Path natives) {
    List<Duration> retryIntervals = retryIntervals(settings);
    Identity starter =
        identity
            .filter(hex -> !hex.isEmpty())
            .map(hex -> Identity.parse(KeyType.SECP256K1, hex))
            .orElse(null);
    return new NodeConfig(
        settings.root(),
        api(settings),
        store(settings),
        keys(settings),
        new NodeConfig.Net(
            !settings.isOn(Setting.NO_P2P),
            addresses(settings, Setting.P2P_ADDRESSES),
            addresses(settings, Setting.PEERS),
            settings.isOn(Setting.PUB_SUB),
            settings.isOn(Setting.RELAY),
            hasKeyExchange(settings),
            retryIntervals),
        new NodeConfig.Acp(
            settings.isOn(Setting.NODE_ACP), settings.text(Setting.DOCUMENT_ACP_TYPE), starter),
        transactionRetries(settings),
        settings.isOn(Setting.DEVELOPMENT),
        natives);
  }

  private static NodeConfig.Api api(Settings settings) {
    String address = settings.text(Setting.ADDRESS);
    int colon = address.lastIndexOf(':');
    if (colon < 0 || address.endsWith("]")) {
      throw new CommandFault("listen tcp: address " + address + ": missing port in address");
    }
    String port = address.substring(colon + 1);
    if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65535) {
      throw new CommandFault("listen tcp: address " + port + ": invalid port");
    }
    return new NodeConfig.Api(
        address.substring(0, colon).replaceAll("^\\[|\\]$", ""),
        Integer.parseInt(port),
        settings.list(Setting.ALLOWED_ORIGINS).stream().filter(o -> !o.isEmpty()).toList(),
        tls(settings),
        !settings.isOn(Setting.NO_CONSOLE));
  }

  private static NodeConfig.@Nullable Tls tls(Settings settings) {
    Path certificate = settings.path(Setting.PUBLIC_KEY_PATH);
    Path key = settings.path(Setting.PRIVATE_KEY_PATH);
    boolean areGiven = certificate != null && key != null;
    if (!settings.isOn(Setting.TLS) && !areGiven) {
      return null;
    }
    Path root = settings.root();
    return new NodeConfig.Tls(
        present(certificate == null ? root.resolve(DEFAULT_CERTIFICATE) : certificate),
        present(key == null ? root.resolve(DEFAULT_KEY) : key));
  }

  private static Path present(Path file) {
    if (!Files.exists(file)) {
      throw new CommandFault("open " + file + ": no such file or directory");
    }
    return file;
  }

  private static int transactionRetries(Settings settings) {
    long retries = settings.number(Setting.MAX_TXN_RETRIES);
    if (retries < 0 || retries > TRANSACTION_RETRIES_MAX) {
      throw new CommandFault(
          "max-txn-retries must be between 0 and "
              + TRANSACTION_RETRIES_MAX
              + ". Given: "
              + retries);
    }
    return (int) retries;
  }

  private static NodeConfig.Store store(Settings settings) {
    String durability = settings.text(Setting.DURABILITY);
    if (!durability.equals("os") && !durability.equals("sync")) {
      throw new CommandFault("durability must be os or sync. Durability: " + durability);
    }
    return new NodeConfig.Store(
        settings.text(Setting.STORE).equals("memory"),
        settings.root().resolve(settings.text(Setting.DATA_PATH)),
        !settings.isOn(Setting.NO_ENCRYPTION),
        durability.equals("sync") ? NodeConfig.Durability.SYNC : NodeConfig.Durability.OS);
  }

  private static NodeConfig.Keys keys(Settings settings) {
    var folder =
        settings.isOn(Setting.NO_KEYRING)
            ? null
            : new NodeConfig.KeyringFolder(
                settings.root().resolve(settings.text(Setting.KEYRING_PATH)),
                settings.text(Setting.KEYRING_SECRET));
    KeyType type = KeyType.byWord(settings.text(Setting.DEFAULT_KEY_TYPE));
    return new NodeConfig.Keys(folder, !settings.isOn(Setting.NO_SIGNING), type);
  }

  private static List<String> addresses(Settings settings, Setting setting) {
    List<String> addresses = new ArrayList<>();
    for (String address : settings.list(setting)) {
      if (!address.isEmpty() && !address.startsWith("/")) {
        throw new CommandFault("failed to parse multiaddr \"" + address + "\": must begin with /");
      }
      if (!address.isEmpty()) {
        addresses.add(address);
      }
    }
    return addresses;
  }

  private static boolean hasKeyExchange(Settings settings) {
    String service = settings.text(Setting.KEY_EXCHANGE);
    if (!service.equals("none") && !service.equals("pubsub")) {
      throw new CommandFault("kms must be none or pubsub. Kms: " + service);
    }
    return service.equals("pubsub");
  }

  private static List<Duration> retryIntervals(Settings settings) {
    List<Duration> intervals = new ArrayList<>();
    for (String seconds : settings.list(Setting.RETRY_INTERVALS)) {
      if (!seconds.matches("\\d{1,9}") || Integer.parseInt(seconds) == 0) {
        throw new CommandFault("replicator retry intervals must only contain positive integers");
      }
      intervals.add(Duration.ofSeconds(Integer.parseInt(seconds)));
    }
    return intervals;
  }
}

package io.defradb.cli.start;

import io.defradb.cli.command.Call;
import io.defradb.cli.command.Command;
import io.defradb.cli.command.Flag;
import io.defradb.cli.config.Setting;
import io.defradb.cli.config.Settings;
import io.defradb.node.DefraNode;
import io.defradb.node.NodeConfig;
import io.defradb.telemetry.NodeLogging;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code defradb start} (cli specification, section 4). */
public final class StartCommand {
  /** Set by the launcher: where native libraries are unpacked once. */
  private static final String NATIVES = "defradb.native.directory";

  private static final String STARS = "*".repeat(68);

  private StartCommand() {}

  public static Command command() {
    return Command.named("start", "Start a DefraDB node", StartCommand::run)
        .with(
            Flag.list("allowed-origins", "Origins that may ask from a browser"),
            Flag.text("default-key-type", "Type of a new node identity: secp256k1 or ed25519")
                .initially("\"secp256k1\""),
            Flag.on("development", "Allow purge; an identity even without a keyring"),
            Flag.text("document-acp-type", "Access control of documents: none, local, source-hub")
                .initially("\"none\""),
            Flag.text("durability", "What a write survives: os (process) or sync (machine)")
                .initially("\"os\""),
            Flag.text("identity", "Private key in hex of who starts the node").shortly('i'),
            Flag.text("kms", "Keys of encrypted documents among peers: none, pubsub")
                .initially("none"),
            Flag.text("max-txn-retries", "How often a transaction is tried again").initially("5"),
            Flag.on("no-encryption", "Do not seal the store. Cannot be undone"),
            Flag.on("no-console", "No console for browsers at /"),
            Flag.on("no-p2p", "No peer-to-peer network"),
            Flag.on("no-signing", "Do not sign commits"),
            Flag.on("no-telemetry", "No telemetry"),
            Flag.text("node-acp-enable", "Access control of the node").initially("\"false\""),
            Flag.list("p2paddr", "Addresses of the peer-to-peer network")
                .initially("[/ip4/127.0.0.1/tcp/9171]"),
            Flag.list("peers", "Peers to connect to"),
            Flag.text("privkeypath", "Private key for TLS"),
            Flag.text("pubkeypath", "Certificate for TLS"),
            Flag.list("replicator-retry-intervals", "Seconds between tries of a replicator")
                .initially("[30,60,120,240,480,960,1920]"),
            Flag.text("store", "Where data are kept: badger or rocksdb (disk), memory")
                .initially("\"badger\""),
            Flag.on("tls", "Serve HTTPS with certs/server.crt and certs/server.key"),
            Flag.text("valuelogfilesize", "Accepted for compatibility").initially("1073741824"));
  }

  private static void run(Call call) throws InterruptedException {
    Settings settings = Settings.of(call);
    settings.keep();
    NodeLogging.configure(LogSettingsReader.read(settings, System.console() != null));
    if (settings.isOn(Setting.DEVELOPMENT)) {
      printBanner(call.console().err());
    }
    NodeConfig config = NodeConfigs.of(settings, call.text("identity"), natives());
    Logger log = LoggerFactory.getLogger("cli");
    log.info("Starting DefraDB");
    try (DefraNode node = DefraNode.start(config)) {
      stopAtSignal(node, log);
      node.awaitStop();
    }
  }

  /** A signal ends the process with 0: it was asked to stop, and it has. */
  private static void stopAtSignal(DefraNode node, Logger log) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  log.info("Received interrupt; shutting down...");
                  node.close();
                  Runtime.getRuntime().halt(0);
                },
                "shutdown"));
  }

  static @Nullable Path natives() {
    String directory = System.getProperty(NATIVES, "");
    return directory.isEmpty() ? null : Path.of(directory);
  }

  private static void printBanner(PrintStream err) {
    err.println(STARS);
    err.println("DEVELOPMENT MODE IS ENABLED");
    err.println("All data of this node can be purged by whoever reaches it.");
    err.println("Not for production.");
    err.println(STARS);
  }
}

package io.defradb.cli.start;

import io.defradb.cli.command.Call;
import io.defradb.cli.command.Command;
import io.defradb.cli.command.Flag;
import io.defradb.cli.command.Terminal;
import io.defradb.cli.config.Setting;
import io.defradb.cli.config.Settings;
import io.defradb.node.DefraNode;
import io.defradb.node.NodeConfig;
import io.defradb.telemetry.NodeLogging;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code defradb start} (cli specification, section 4). */
public final class StartCommand {
  /** Set by the launcher: where native libraries are unpacked once. */
  private static final String NATIVES = "defradb.native.directory";

  private static final String STARS = "*".repeat(68);

  private static final List<Setting> SETTINGS =
      List.of(
          Setting.ALLOWED_ORIGINS,
          Setting.DEFAULT_KEY_TYPE,
          Setting.DEVELOPMENT,
          Setting.DOCUMENT_ACP_TYPE,
          Setting.DURABILITY,
          Setting.KEY_EXCHANGE,
          Setting.MAX_TXN_RETRIES,
          Setting.NO_ENCRYPTION,
          Setting.NO_CONSOLE,
          Setting.NO_P2P,
          Setting.NO_SIGNING,
          Setting.NO_TELEMETRY,
          Setting.NODE_ACP,
          Setting.P2P_ADDRESSES,
          Setting.PEERS,
          Setting.PRIVATE_KEY_PATH,
          Setting.PUBLIC_KEY_PATH,
          Setting.RETRY_INTERVALS,
          Setting.STORE,
          Setting.TLS,
          Setting.VALUE_LOG_FILE_SIZE);

  private StartCommand() {}

  public static Command command() {
    return Command.named("start", "Start a DefraDB node", StartCommand::run)
        .with(
            Stream.concat(
                    SETTINGS.stream().map(Setting::asFlag),
                    Stream.of(
                        Flag.text("identity", "Private key in hex of who starts the node")
                            .shortly('i')))
                .toArray(Flag[]::new));
  }

  private static void run(Call call) throws InterruptedException {
    Settings settings = Settings.of(call);
    settings.keep();
    NodeLogging.configure(LogSettingsReader.read(settings, Terminal.isThere()));
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

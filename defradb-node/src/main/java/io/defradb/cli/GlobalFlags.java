package io.defradb.cli;

import io.defradb.cli.command.Flag;
import java.util.List;

/** The flags of every command (cli specification, section 3). */
final class GlobalFlags {
  private GlobalFlags() {}

  static List<Flag> all() {
    return List.of(
        Flag.text("keyring-backend", "Where keys are kept: file").initially("\"file\""),
        Flag.text("keyring-namespace", "Name of the service in a keyring of the system")
            .initially("\"defradb\""),
        Flag.text("keyring-path", "Folder of the keys, relative to the root").initially("\"keys\""),
        Flag.text("log-format", "text or json").initially("\"text\""),
        Flag.text("log-level", "debug, info, error or fatal").initially("\"info\""),
        Flag.text("log-output", "stderr or stdout").initially("\"stderr\""),
        Flag.text("log-overrides", "Levels of single loggers: <name>,level=<level>;..."),
        Flag.on("log-source", "Log where in the source a line comes from"),
        Flag.on("log-stacktrace", "Log the stack trace of errors"),
        Flag.on("no-keyring", "No keyring: keys for this run only"),
        Flag.on("no-log-color", "No colours in the log"),
        Flag.text("rootdir", "Folder of all that is kept (default: $HOME/.defradb)"),
        Flag.text("secret-file", "File with secrets").initially("\".env\""),
        Flag.text("source-hub-address", "SourceHub account that may act for the user"),
        Flag.text("url", "Address of the HTTP API").initially("\"127.0.0.1:9181\""));
  }
}

package io.defradb.cli;

import io.defradb.cli.client.ClientGroup;
import io.defradb.cli.command.Console;
import io.defradb.cli.command.Dispatcher;
import io.defradb.cli.command.Entry;
import io.defradb.cli.command.Group;
import io.defradb.cli.keyring.IdentityGroup;
import io.defradb.cli.keyring.KeyringGroup;
import io.defradb.cli.start.ServerDumpCommand;
import io.defradb.cli.start.StartCommand;
import java.util.List;

/** The command {@code defradb}. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(new Dispatcher(root()).run(Console.ofProcess(), arguments));
  }

  static Group root() {
    return new Group(
        "defradb",
        "DefraDB for the JVM: start a node, ask and change a running one",
        GlobalFlags.all(),
        Main::entries);
  }

  private static List<Entry> entries() {
    return List.of(
        ClientGroup.group(),
        CompletionGroup.group(Main::root),
        IdentityGroup.group(),
        KeyringGroup.group(),
        ServerDumpCommand.command(),
        StartCommand.command(),
        VersionCommand.command());
  }
}

package io.defradb.cli.client;

import io.defradb.cli.command.Command;
import io.defradb.cli.command.CommandFault;
import io.defradb.cli.command.Entry;
import io.defradb.cli.command.Flag;
import io.defradb.cli.command.Group;
import java.util.List;
import java.util.Map;

/** {@code defradb client}. */
public final class ClientGroup {
  private ClientGroup() {}

  public static Group group() {
    return new Group(
        "client",
        "Ask and change a running DefraDB node",
        List.of(
            Flag.text("identity", "Private key in hex on whose behalf the request is made")
                .shortly('i'),
            Flag.text("tx", "ID of the transaction to run in")),
        ClientGroup::entries);
  }

  private static List<Entry> entries() {
    return List.of(
        new Group("acp", "Access control of documents and of the node", AcpCommands::entries),
        new Group(
            "backup", "Write all documents to a file, or read them back", BackupCommands::entries),
        new Group("block", "Blocks of the node", BlockCommands::entries),
        CollectionCommands.group(),
        Command.named(
            "dump",
            "Let the node print its whole store",
            call -> NodeCall.of(call).get("/debug/dump", Map.of())),
        new Group("index", "Secondary indexes of a collection", IndexCommands::entries),
        new Group("lens", "Migrations between collection versions", LensCommands::entries),
        BlockCommands.nodeIdentity(),
        new Group("p2p", "The peer-to-peer network of the node", P2pCommands::entries),
        purge(),
        QueryCommand.command(),
        new Group("schema", "Add types, change them, show them", SchemaCommands::entries),
        new Group("tx", "Open, commit and discard transactions", TransactionCommands::entries),
        new Group("view", "Views: collections made of queries", ViewCommands::entries));
  }

  private static Command purge() {
    return Command.named(
            "purge",
            "Delete all data of a node in development mode",
            call -> {
              if (!call.isOn("force")) {
                throw new CommandFault(
                    "run this command again with --force if you really want to purge all data");
              }
              NodeCall.of(call).send("POST", "/purge", Map.of(), null);
            })
        .with(Flag.on("force", "Really delete").shortly('f'));
  }
}

package io.defradb.cli.client;

import io.defradb.cli.command.Arguments;
import io.defradb.cli.command.Call;
import io.defradb.cli.command.Command;
import io.defradb.cli.command.CommandFault;
import io.defradb.cli.command.Entry;
import io.defradb.cli.command.Flag;
import io.defradb.client.NodeAnswer;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** {@code client tx}. */
final class TransactionCommands {
  private TransactionCommands() {}

  static List<Entry> entries() {
    return List.of(
        Command.named(
                "commit",
                "Commit a transaction",
                call -> NodeCall.of(call).send("POST", path(call), Map.of(), null))
            .taking(Arguments.exactly(1, "<id>")),
        Command.named("create", "Open a transaction", TransactionCommands::create)
            .with(
                Flag.on("concurrent", "May be used by several requests at once"),
                Flag.on("read-only", "Refuse writes")),
        Command.named("discard", "Throw a transaction away", TransactionCommands::discard)
            .taking(Arguments.exactly(1, "<id>")));
  }

  private static void create(Call call) throws IOException {
    NodeCall node = NodeCall.of(call);
    String path = call.isOn("concurrent") ? "/tx/concurrent" : "/tx";
    Map<String, String> parameters =
        call.isOn("read-only") ? Map.of("read_only", "true") : Map.of();
    node.print(node.send("POST", path, parameters, null));
  }

  /** A transaction that is not there has been discarded already. */
  private static void discard(Call call) {
    NodeAnswer answer = NodeCall.of(call).answer("DELETE", path(call), Map.of(), null);
    String error = answer.isSuccess() ? "" : NodeCall.errorText(answer);
    if (!error.isEmpty() && !error.equals("invalid transaction id")) {
      throw new CommandFault(error);
    }
  }

  private static String path(Call call) {
    return "/tx/" + Long.toUnsignedString(NodeCall.unsigned(call.arguments().get(0)));
  }
}

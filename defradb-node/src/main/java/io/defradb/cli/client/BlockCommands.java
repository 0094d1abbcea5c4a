package io.defradb.cli.client;

import io.defradb.cli.command.Arguments;
import io.defradb.cli.command.Call;
import io.defradb.cli.command.Command;
import io.defradb.cli.command.Entry;
import io.defradb.cli.command.Flag;
import io.defradb.crypto.KeyType;
import io.defradb.crypto.PublicKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code client block}, and {@code client node-identity}: who signed. */
final class BlockCommands {
  private BlockCommands() {}

  static List<Entry> entries() {
    return List.of(
        Command.named(
                "verify-signature",
                "Check that a block was signed by a key",
                BlockCommands::verifySignature)
            .taking(Arguments.exactly(2, "<public-key> <cid>"))
            .with(Flag.text("type", "Type of the key: secp256k1 or ed25519").shortly('t')));
  }

  static Command nodeIdentity() {
    return Command.named("node-identity", "Show who the node is", BlockCommands::showIdentity);
  }

  private static void verifySignature(Call call) {
    String word = call.text("type").filter(it -> !it.isEmpty()).orElse(KeyType.SECP256K1.word());
    String given = call.arguments().get(0);
    KeyType type = KeyType.byWord(word);
    PublicKey key = PublicKey.parse(type, given);
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("cid", call.arguments().get(1));
    parameters.put("public-key", key.text());
    parameters.put("type", type.word());
    NodeCall.of(call).get("/block/verify-signature", parameters);
    call.console().out().println("Block's signature verified");
  }

  private static void showIdentity(Call call) throws IOException {
    NodeCall node = NodeCall.of(call);
    byte[] identity = node.get("/node/identity", Map.of());
    if (new String(identity, StandardCharsets.UTF_8).isBlank()
        || NodeCall.parse(identity).isNull()) {
      call.console().out().println("Node has no identity assigned to it");
    } else {
      node.print(identity);
    }
  }
}

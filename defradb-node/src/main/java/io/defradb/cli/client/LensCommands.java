package io.defradb.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.cli.command.Arguments;
import io.defradb.cli.command.Call;
import io.defradb.cli.command.Command;
import io.defradb.cli.command.CommandFault;
import io.defradb.cli.command.Entry;
import io.defradb.cli.command.Flag;
import io.defradb.client.oneshot.OneShotClient;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code client lens}. */
final class LensCommands {
  private static final Set<String> CONFIG_MEMBERS = Set.of("lenses");
  private static final Set<String> LENS_MEMBERS = Set.of("path", "inverse", "arguments");

  private LensCommands() {}

  static List<Entry> entries() {
    return List.of(
        documents("down", "Migrate documents back from a collection version"),
        Command.named(
            "reload",
            "Load all migrations anew",
            call -> NodeCall.of(call).send("POST", "/lens/registry/reload", Map.of(), null)),
        Command.named("set", "Set the migration between two versions", LensCommands::set)
            .taking(Arguments.between(2, 3, "<source> <destination> [config | -]"))
            .with(Flag.text("file", "File that holds the migration").shortly('f')),
        Command.named(
                "set-registry", "Set the migration of a collection", LensCommands::setRegistry)
            .taking(Arguments.exactly(2, "<collectionID> <config>")),
        documents("up", "Migrate documents to a collection version"));
  }

  /** A migration in JSON. Throws for what is not one, unknown members included. */
  static String checked(String config) {
    String fault = JsonFaults.find(config);
    if (fault != null) {
      throw new CommandFault("invalid lens configuration: " + fault);
    }
    try {
      JsonNode parsed = NodeCall.parse(JsonBody.utf8(config));
      refuseUnknown(parsed, CONFIG_MEMBERS);
      parsed
          .findValues("Lenses")
          .forEach(list -> list.forEach(l -> refuseUnknown(l, LENS_MEMBERS)));
    } catch (IOException e) {
      throw new CommandFault("invalid lens configuration: " + e.getMessage(), e);
    }
    return config;
  }

  private static void refuseUnknown(JsonNode object, Set<String> known) {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name.toLowerCase(Locale.ROOT))) {
                throw new CommandFault(
                    "invalid lens configuration: json: unknown field " + JsonBody.quoted(name));
              }
            });
  }

  private static void set(Call call) throws IOException {
    Optional<String> config = call.textOrFile(2, "file");
    if (config.isEmpty() || config.get().isEmpty()) {
      throw new CommandFault("lens config cannot be empty");
    }
    NodeCall.of(call)
        .post(
            "/lens",
            JsonBody.object()
                .text("SourceSchemaVersionID", call.arguments().get(0))
                .text("DestinationSchemaVersionID", call.arguments().get(1))
                .json("Lenses", modules(checked(config.get()))));
  }

  /** The list inside a migration, as the reference's route takes it. */
  private static String modules(String config) throws IOException {
    for (Map.Entry<String, JsonNode> member : NodeCall.parse(JsonBody.utf8(config)).properties()) {
      if (member.getKey().equalsIgnoreCase("Lenses")) {
        return member.getValue().toString();
      }
    }
    return "null";
  }

  private static void setRegistry(Call call) {
    NodeCall.of(call)
        .post(
            "/lens/registry",
            JsonBody.object()
                .text("CollectionID", call.arguments().get(0))
                .json("Config", checked(call.arguments().get(1))));
  }

  private static Command documents(String direction, String summary) {
    return Command.named(direction, summary, call -> migrate(call, direction))
        .taking(Arguments.free("[documents | -]"))
        .with(
            Flag.text("collection", "ID of the collection version"),
            Flag.text("file", "File that holds the documents").shortly('f'));
  }

  private static void migrate(Call call, String direction) throws IOException {
    Optional<String> documents = call.textOrFile(0, "file");
    if (documents.isEmpty()) {
      throw new CommandFault("document or file must be defined");
    }
    String collection = call.text("collection").orElse("");
    NodeCall node = NodeCall.of(call);
    node.print(
        node.post(
            "/lens/registry/" + OneShotClient.escape(collection) + "/" + direction,
            JsonBody.object()
                .text("CollectionID", collection)
                .json("Data", JsonBody.checked(documents.get()))));
  }
}

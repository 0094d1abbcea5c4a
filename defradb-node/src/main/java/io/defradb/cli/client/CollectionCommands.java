package io.defradb.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.cli.command.Arguments;
import io.defradb.cli.command.Call;
import io.defradb.cli.command.Command;
import io.defradb.cli.command.CommandFault;
import io.defradb.cli.command.Entry;
import io.defradb.cli.command.Flag;
import io.defradb.cli.command.Group;
import io.defradb.client.oneshot.OneShotClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code client collection}. The group's flags pick the collection that its commands are about. */
final class CollectionCommands {
  private static final String EVENT = "data: ";
  private static final Pattern EMPTY_LIST = Pattern.compile("\\s*\\[\\s*]\\s*");

  private CollectionCommands() {}

  static Group group() {
    return new Group(
        "collection",
        "Documents of a collection, and collections themselves",
        picking(),
        CollectionCommands::entries);
  }

  /** The flags that name collections. */
  static List<Flag> picking() {
    return List.of(
        Flag.text("name", "Name of the collection"),
        Flag.text("collection-id", "ID of the collection"),
        Flag.text("version-id", "ID of the collection version"),
        Flag.on("get-inactive", "Inactive versions too"));
  }

  /** The parameters of what {@link #picking} named. */
  static Map<String, String> picked(Call call) {
    Map<String, String> parameters = new LinkedHashMap<>();
    call.text("name").ifPresent(value -> parameters.put("name", value));
    call.text("collection-id").ifPresent(value -> parameters.put("collection_id", value));
    call.text("version-id").ifPresent(value -> parameters.put("version_id", value));
    if (call.isOn("get-inactive")) {
      parameters.put("get_inactive", "true");
    }
    return parameters;
  }

  private static List<Entry> entries() {
    return List.of(
        Command.named(
                "create", "Create one document, or several in an array", CollectionCommands::create)
            .taking(Arguments.between(0, 1, "<document | ->"))
            .with(
                Flag.on("encrypt", "Encrypt the whole document").shortly('e'),
                Flag.list("encrypt-fields", "Fields to encrypt"),
                Flag.text("file", "File that holds the documents").shortly('f')),
        Command.named(
                "delete",
                "Delete a document, or all that match a filter",
                CollectionCommands::delete)
            .with(
                Flag.text("docID", "The document"),
                Flag.text("filter", "A filter, written as in GraphQL")),
        Command.named("describe", "Show collection versions", CollectionCommands::describe),
        Command.named("docIDs", "List the IDs of all documents", CollectionCommands::docIds),
        Command.named("get", "Show a document", CollectionCommands::get)
            .taking(Arguments.exactly(1, "<docID>"))
            .with(Flag.on("show-deleted", "A deleted document too")),
        Command.named("patch", "Change collections by a JSON patch", CollectionCommands::patch)
            .taking(Arguments.between(0, 1, "[patch | -]"))
            .with(Flag.text("patch-file", "File that holds the patch").shortly('p')),
        Command.named(
                "update",
                "Change a document, or all that match a filter",
                CollectionCommands::update)
            .with(
                Flag.text("docID", "The document"),
                Flag.text("filter", "A filter in JSON"),
                Flag.text("updater", "The fields to change, a JSON object")));
  }

  private static void create(Call call) throws IOException {
    Optional<String> documents = call.textOrFile(0, "file");
    if (documents.isEmpty()) {
      throw new CommandFault("document or file must be defined");
    }
    NodeCall node = NodeCall.of(call);
    String path = path(call, node);
    if (path == null) {
      return;
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    if (call.isOn("encrypt")) {
      parameters.put("encrypt", "true");
    }
    if (!call.list("encrypt-fields").isEmpty()) {
      parameters.put("encryptFields", String.join(",", call.list("encrypt-fields")));
    }
    String body = documents.get();
    // The node takes an empty list; the reference's command sends null for it.
    node.send(
        "POST",
        path,
        parameters,
        JsonBody.utf8(EMPTY_LIST.matcher(body).matches() ? "null" : body));
  }

  private static void delete(Call call) throws IOException {
    NodeCall node = NodeCall.of(call);
    String path = path(call, node);
    if (path == null) {
      return;
    }
    Optional<String> docId = call.text("docID");
    Optional<String> filter = call.text("filter");
    if (docId.isPresent()) {
      node.send("DELETE", document(path, docId.get()), Map.of(), null);
    } else if (filter.isPresent()) {
      JsonBody body = JsonBody.object().text("filter", filter.get());
      node.print(node.send("DELETE", path, Map.of(), body.bytes()));
    } else {
      throw new CommandFault("docID or filter must be defined");
    }
  }

  private static void update(Call call) throws IOException {
    NodeCall node = NodeCall.of(call);
    String path = path(call, node);
    if (path == null) {
      return;
    }
    Optional<String> docId = call.text("docID");
    Optional<String> filter = call.text("filter");
    if (call.text("updater").isEmpty()) {
      throw new CommandFault("missing required flag. Flag: updater");
    }
    String updater = call.text("updater").get();
    if (filter.isPresent()) {
      JsonBody body =
          JsonBody.object().json("filter", JsonBody.checked(filter.get())).text("updater", updater);
      node.print(node.send("PATCH", path, Map.of(), body.bytes()));
    } else if (docId.isPresent()) {
      node.send("PATCH", document(path, docId.get()), Map.of(), JsonBody.utf8(updater));
    } else {
      throw new CommandFault("docID or filter must be defined");
    }
  }

  private static void get(Call call) throws IOException {
    NodeCall node = NodeCall.of(call);
    String path = path(call, node);
    if (path == null) {
      return;
    }
    Map<String, String> parameters =
        call.isOn("show-deleted") ? Map.of("show_deleted", "true") : Map.of();
    node.print(node.get(document(path, call.arguments().get(0)), parameters));
  }

  private static void docIds(Call call) throws IOException {
    NodeCall node = NodeCall.of(call);
    String path = path(call, node);
    if (path == null) {
      return;
    }
    try (OneShotClient.Opened opened = node.open("GET", path, Map.of(), null);
        var lines =
            new BufferedReader(new InputStreamReader(opened.body(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(EVENT)) {
          node.print(JsonBody.utf8(line.substring(EVENT.length())));
        }
      }
    }
  }

  private static void describe(Call call) throws IOException {
    NodeCall node = NodeCall.of(call);
    node.print(node.get("/collections", picked(call)));
  }

  private static void patch(Call call) throws IOException {
    Optional<String> patch = call.textOrFile(0, "patch-file");
    if (patch.isEmpty() || patch.get().isEmpty()) {
      throw new CommandFault("patch cannot be empty");
    }
    byte[] body = JsonBody.utf8(JsonBody.quoted(patch.get()));
    NodeCall.of(call).send("PATCH", "/collections", Map.of(), body);
  }

  /**
   * The path of the one collection that was picked; {@code null}, and usage, when it is not one.
   */
  private static @Nullable String path(Call call, NodeCall node) throws IOException {
    Map<String, String> parameters = picked(call);
    JsonNode found = NodeCall.parse(node.get("/collections", parameters));
    if (parameters.isEmpty() || found.size() != 1) {
      call.usage().run();
      return null;
    }
    String name = found.get(0).path("version").path("Name").asText();
    return "/collections/" + OneShotClient.escape(name);
  }

  private static String document(String path, String docId) {
    return path + "/" + OneShotClient.escape(docId);
  }
}

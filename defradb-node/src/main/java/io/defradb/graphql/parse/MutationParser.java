package io.defradb.graphql.parse;

import io.defradb.document.Value;
import io.defradb.graphql.syntax.Node;
import io.defradb.request.Filter;
import io.defradb.request.Mutation;
import io.defradb.request.Selection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one mutation (query language specification, 4). */
final class MutationParser {
  private final SelectionParser selections;

  MutationParser(SelectionParser selections) {
    this.selections = selections;
  }

  Mutation parse(Node.Field field, Arguments arguments) {
    int underscore = field.name().indexOf('_');
    String collection = field.name().substring(underscore + 1);
    Filter filter = selections.filters().parse(collection, arguments.get("filter"));
    List<Selection> asked = selections.documents(field, collection);
    return switch (field.name().substring(0, Math.max(underscore, 0))) {
      case "create" -> create(field, collection, arguments, asked);
      case "update" ->
          new Mutation.Update(
              field.responseName(),
              collection,
              arguments.texts("docID"),
              filter,
              input(arguments.get("input")),
              asked);
      case "upsert" ->
          new Mutation.Upsert(
              field.responseName(),
              collection,
              filter == null ? new Filter.And(List.of()) : filter,
              required(arguments.get("create")),
              required(arguments.get("update")),
              asked);
      case "delete" ->
          new Mutation.Delete(
              field.responseName(), collection, arguments.texts("docID"), filter, asked);
      default -> throw RequestFault.of("unknown mutation name");
    };
  }

  private static Mutation create(
      Node.Field field, String collection, Arguments arguments, List<Selection> asked) {
    var inputs = new ArrayList<Map<String, Value>>();
    Given given = arguments.get("input");
    if (given != null) {
      given.items().forEach(it -> inputs.add(required(it)));
    }
    List<String> encrypted = arguments.texts("encryptFields");
    return new Mutation.Create(
        field.responseName(),
        collection,
        inputs,
        arguments.isTrue("encrypt"),
        encrypted == null ? new LinkedHashSet<>() : new LinkedHashSet<>(encrypted),
        asked);
  }

  private static Map<String, Value> required(@Nullable Given given) {
    Map<String, Value> values = input(given);
    return values == null ? Map.of() : values;
  }

  private static @Nullable Map<String, Value> input(@Nullable Given given) {
    if (given == null) {
      return null;
    }
    var values = new LinkedHashMap<String, Value>();
    given.members().forEach((name, it) -> values.put(name, it.value()));
    return values;
  }
}

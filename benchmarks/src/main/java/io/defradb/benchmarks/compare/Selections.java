package io.defradb.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Random selections of a collection's fields, and the arguments that come before them. */
final class Selections {
  private static final int DEPTH_MAX = 3;

  private final World world;
  private final Chance chance;
  private final Filters filters;
  private final Documents documents;

  Selections(World world, Chance chance, Filters filters, Documents documents) {
    this.world = world;
    this.chance = chance;
    this.filters = filters;
    this.documents = documents;
  }

  /** {@code Name(arguments) {selection}}. */
  String query(Type type) {
    return type.name() + body(type, 0, true);
  }

  private String body(Type type, int depth, boolean isRoot) {
    if (chance.oneIn(7)) {
      return grouped(type, depth, true);
    }
    return ungrouped(type, depth, isRoot);
  }

  private String ungrouped(Type type, int depth, boolean isRoot) {
    List<String> arguments = new ArrayList<>();
    if (isRoot && chance.oneIn(10)) {
      arguments.add("docID: " + docIds(type));
    }
    if (isRoot && chance.oneIn(10)) {
      arguments.add("showDeleted: true");
    }
    List<String> aliases = new ArrayList<>();
    String selection = selection(type, depth, aliases);
    if (chance.oneIn(2)) {
      arguments.add("filter: " + filter(type, aliases));
    }
    if (chance.oneIn(3)) {
      arguments.add("order: " + order(type, aliases));
    }
    paged(arguments);
    return arguments(arguments) + " " + selection;
  }

  private String filter(Type type, List<String> aliases) {
    return !aliases.isEmpty() && chance.oneIn(5)
        ? "{_alias: {" + chance.pick(aliases) + ": {" + filters.onValue(Kind.INT) + "}}}"
        : filters.of(type);
  }

  private void paged(List<String> arguments) {
    if (chance.oneIn(4)) {
      arguments.add("limit: " + chance.below(4));
    }
    if (chance.oneIn(6)) {
      arguments.add("offset: " + chance.below(3));
    }
  }

  private String docIds(Type type) {
    String one = "\"" + documents.any(type, chance) + "\"";
    return chance.oneIn(2) ? one : "[" + one + ", \"" + documents.any(type, chance) + "\"]";
  }

  private String order(Type type, List<String> aliases) {
    List<String> parts = new ArrayList<>();
    for (int n = 1; n > 0; n--) { // the yardstick leaves the second key aside
      String way = chance.oneIn(2) ? "ASC" : "DESC";
      List<Link> single = type.links().stream().filter(it -> !it.isMany()).toList();
      if (!single.isEmpty() && !world.isIndexed() && chance.oneIn(4)) {
        Link link = chance.pick(single);
        Field field = sortable(world.named(link.target()));
        parts.add("{" + link.name() + ": {" + field.name() + ": " + way + "}}");
      } else if (!aliases.isEmpty() && chance.oneIn(4)) {
        parts.add("{_alias: {" + chance.pick(aliases) + ": " + way + "}}");
      } else if (chance.oneIn(6)) {
        parts.add("{_docID: " + way + "}");
      } else {
        parts.add("{" + sortable(type).name() + ": " + way + "}");
      }
    }
    return parts.size() == 1 && chance.oneIn(2)
        ? parts.get(0)
        : "[" + String.join(", ", parts) + "]";
  }

  private Field sortable(Type type) {
    return chance.pick(
        type.fields().stream()
            .filter(it -> !it.kind().isList() && it.kind() != Kind.JSON)
            .toList());
  }

  private String selection(Type type, int depth, List<String> aliases) {
    List<String> parts = new ArrayList<>();
    for (Field field : chance.some(type.fields(), 4)) {
      parts.add(chance.oneIn(8) ? "x" + parts.size() + ": " + field.name() : field.name());
    }
    if (chance.oneIn(3)) {
      parts.add("_docID");
    }
    if (chance.oneIn(8)) {
      parts.add("_deleted");
    }
    if (chance.oneIn(10) && depth == 0 && world.hasEqualCommits()) {
      parts.add("_version {cid height}");
    }
    if (chance.oneIn(12)) {
      parts.add("__typename");
    }
    if (depth < DEPTH_MAX && !type.links().isEmpty() && chance.oneIn(2)) {
      Link link = chance.pick(type.links());
      Type target = world.named(link.target());
      parts.add(
          link.name()
              + (link.isMany() ? body(target, depth + 1, false) : single(target, depth + 1)));
      if (!link.isMany() && (link.isPrimary() || chance.oneIn(3)) && chance.oneIn(2)) {
        parts.add(link.name() + "_id");
      }
    }
    if (chance.oneIn(4)) {
      String alias = "n" + aliases.size();
      String aggregate = aggregate(type);
      if (!aggregate.isEmpty()) {
        if (!aggregate.startsWith("_avg")) { // the yardstick does not test averages
          aliases.add(alias);
        }
        parts.add(alias + ": " + aggregate);
      }
    }
    if (chance.oneIn(10)) {
      return "{... on " + type.name() + " {" + String.join(" ", parts) + "}}";
    }
    return "{" + String.join(" ", parts) + "}";
  }

  private String single(Type type, int depth) {
    String arguments = chance.oneIn(4) ? "(filter: " + filters.of(type) + ")" : "";
    return arguments + " " + selection(type, depth, new ArrayList<>());
  }

  /** Over a relation of many or an array; empty when the type has neither. */
  private String aggregate(Type type) {
    List<Link> many = type.manyLinks();
    List<Field> arrays =
        type.fields().stream()
            .filter(it -> it.kind().isList() && it.kind() != Kind.FLOATS32_SET)
            .toList();
    if (!many.isEmpty() && (arrays.isEmpty() || chance.oneIn(2))) {
      Link link = chance.pick(many);
      return aggregateOf(link.name(), world.named(link.target()));
    }
    List<Field> numbers = arrays.stream().filter(it -> it.kind().isNumbers()).toList();
    if (!numbers.isEmpty() && chance.oneIn(2)) {
      Field field = chance.pick(numbers);
      return named() + "(" + field.name() + ": " + ofArray(field) + ")";
    }
    return arrays.isEmpty() ? "" : countOf(chance.pick(arrays));
  }

  private String countOf(Field field) {
    return "_count(" + field.name() + ": " + ofArray(field) + ")";
  }

  private String ofArray(Field field) {
    List<String> parts = new ArrayList<>();
    if (chance.oneIn(2)) {
      parts.add("filter: {" + filters.onValue(field.kind().element()) + "}");
    }
    if (chance.oneIn(4)) {
      parts.add("limit: " + chance.below(3));
    }
    if (chance.oneIn(5)) {
      parts.add("offset: " + chance.below(2));
    }
    return "{" + String.join(", ", parts) + "}";
  }

  private String named() {
    return chance.pick(List.of("_count", "_sum", "_avg", "_min", "_max"));
  }

  /** Over documents: those of a relation, a group or a whole collection. */
  String aggregateOf(String source, Type type) {
    String name = named();
    List<Field> numbers = type.numbers();
    if (numbers.isEmpty()) {
      name = "_count";
    }
    List<String> parts = new ArrayList<>();
    if (!name.equals("_count")) {
      // The yardstick's extremes begin anew after a document without a value.
      boolean isExtreme = name.equals("_min") || name.equals("_max");
      parts.add("field: " + (isExtreme ? "key" : chance.pick(numbers).name()));
    }
    if (chance.oneIn(3)) {
      parts.add("filter: " + filters.simple(type));
    }
    if (!name.equals("_count") && chance.oneIn(5)) {
      parts.add("order: " + order(type, List.of()));
    }
    paged(parts);
    return name + "(" + source + ": {" + String.join(", ", parts) + "})";
  }

  /** The yardstick gathers under null what the filter of groups inside groups leaves out. */
  private String members(Type type, int depth) {
    return chance.oneIn(5) ? grouped(type, depth, false) : ungrouped(type, depth, false);
  }

  private String grouped(Type type, int depth, boolean isFiltered) {
    List<String> keys =
        chance.some(type.fields(), 2).stream().map(Field::name).collect(Collectors.toList());
    List<Link> single = type.links().stream().filter(it -> it.isPrimary()).toList();
    List<String> sortable = List.copyOf(keys); // the yardstick cannot sort groups by relations
    if (depth == 0 && !single.isEmpty() && chance.oneIn(5)) {
      keys.add(chance.pick(single).name() + "_id");
    }
    List<String> parts = new ArrayList<>(keys);
    List<String> aliases = new ArrayList<>();
    if (chance.oneIn(2)) {
      parts.add("_group" + members(type, depth + 2));
    }
    if (chance.oneIn(2)) {
      aliases.add("g0");
      parts.add("g0: " + aggregateOf("_group", type));
    }
    List<String> arguments = new ArrayList<>();
    arguments.add("groupBy: [" + String.join(", ", keys) + "]");
    if (isFiltered
        && chance.oneIn(2)) { // the yardstick groups what a filter on related documents leaves out
      arguments.add("filter: " + filters.simple(type));
    }
    if (chance.oneIn(3)) {
      arguments.add(
          "order: "
              + (!aliases.isEmpty() && chance.oneIn(2)
                  ? "{_alias: {g0: DESC}}"
                  : "{" + chance.pick(sortable) + ": ASC}"));
    }
    paged(arguments);
    return arguments(arguments) + " {" + String.join(" ", parts) + "}";
  }

  private static String arguments(List<String> arguments) {
    return arguments.isEmpty() ? "" : "(" + String.join(", ", arguments) + ")";
  }
}

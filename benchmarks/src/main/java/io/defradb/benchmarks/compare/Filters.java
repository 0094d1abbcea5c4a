package io.defradb.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Random filters as GraphQL input objects: every operator on every kind, conditions, relations. */
final class Filters {
  private static final int DEPTH_MAX = 3;
  private static final List<String> PATTERNS =
      List.of(
          "\"%a\"", "\"a%\"", "\"%a%\"", "\"A%\"", "\"a%c\"", "\"%\"", "\"%%\"", "\"\"", "\"ab\"");

  private final World world;
  private final Chance chance;
  private final Documents documents;

  Filters(World world, Chance chance, Documents documents) {
    this.world = world;
    this.chance = chance;
    this.documents = documents;
  }

  String of(Type type) {
    return of(type, 0, false);
  }

  /** Of the type's own fields, without conditions: more the yardstick's aggregates do not take. */
  String simple(Type type) {
    return "{" + onField(chance.pick(filterable(type))) + "}";
  }

  /** The yardstick tests no element of an array of singles. */
  private static List<Field> filterable(Type type) {
    return type.fields().stream().filter(it -> it.kind() != Kind.FLOATS32_SET).toList();
  }

  private String of(Type type, int depth, boolean isRelated) {
    int members = chance.oneIn(12) ? 0 : chance.oneIn(3) ? 2 : 1;
    List<String> names = new ArrayList<>();
    List<String> written = new ArrayList<>();
    for (int i = 0; i < members; i++) {
      String member = member(type, depth, isRelated);
      String name = member.substring(0, member.indexOf(':'));
      if (!names.contains(name)) {
        names.add(name);
        written.add(member);
      }
    }
    return "{" + String.join(", ", written) + "}";
  }

  private String member(Type type, int depth, boolean isRelated) {
    int choice = chance.below(10);
    // The yardstick mistakes the fields of conditions inside relations.
    if (choice < 2 && depth < DEPTH_MAX && !isRelated) {
      return condition(type, depth + 1);
    }
    // With an index the yardstick starts a join at its other side, and loses what is not related.
    if (choice < 4 && depth < DEPTH_MAX && !type.links().isEmpty() && !world.isIndexed()) {
      return related(type, depth + 1);
    }
    if (choice == 4) {
      return "_docID: " + onDocId(type);
    }
    return onField(chance.pick(filterable(type)));
  }

  private String condition(Type type, int depth) {
    return switch (chance.below(3)) {
      case 0 -> "_not: " + simple(type); // an empty one is tested by the yardstick at times
      case 1 -> "_and: " + list(type, depth);
      default -> "_or: " + list(type, depth);
    };
  }

  private String list(Type type, int depth) {
    return IntStream.range(0, chance.between(chance.oneIn(8) ? 0 : 1, 3))
        .mapToObj(it -> of(type, depth, false))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private String related(Type type, int depth) {
    Link link = chance.pick(type.links());
    Type target = world.named(link.target());
    if (!link.isMany() && chance.oneIn(4)) {
      return link.name() + "_id: " + onDocId(target);
    }
    return link.name() + ": " + (depth < DEPTH_MAX ? filled(target, depth) : simple(target));
  }

  /** The yardstick joins nothing for an empty one. */
  private String filled(Type target, int depth) {
    String filter = of(target, depth, true);
    return filter.equals("{}") ? simple(target) : filter;
  }

  private String onDocId(Type type) {
    String id = chance.oneIn(10) ? "\"bae-none\"" : "\"" + documents.any(type, chance) + "\"";
    return switch (chance.below(5)) {
      case 0 -> "{_ne: " + id + "}";
      case 1 -> "{_in: [" + id + "]}";
      case 2 -> "{_nin: [" + id + "]}";
      default -> "{_eq: " + (chance.oneIn(8) ? "null" : id) + "}";
    };
  }

  private String onField(Field field) {
    if (field.kind() == Kind.JSON && chance.oneIn(2)) {
      String inner = "{" + onValue(Kind.INT) + "}";
      return field.name() + ": " + chance.pick(List.of("{a: %s}", "{b: {c: %s}}")).formatted(inner);
    }
    return field.name() + ": {" + onValue(field.kind()) + "}";
  }

  /** One operator, now and then two, with what they compare with. */
  String onValue(Kind kind) {
    String one = operator(kind);
    if (!chance.oneIn(8)) {
      return one;
    }
    String two = operator(kind);
    boolean isSame = one.substring(0, one.indexOf(':')).equals(two.substring(0, two.indexOf(':')));
    return isSame ? one : one + ", " + two;
  }

  private String operator(Kind kind) {
    String operator = chance.pick(kind.operators());
    return operator
        + ": "
        + switch (operator) {
          case "_in", "_nin" -> values(kind);
          case "_like", "_nlike", "_ilike", "_nilike" -> chance.pick(PATTERNS);
          case "_any", "_all", "_none" -> "{" + onValue(kind.element()) + "}";
          default -> value(kind);
        };
  }

  /** None twice: by an index the yardstick answers a document once for each. */
  private String values(Kind kind) {
    return IntStream.range(0, chance.below(4))
        .mapToObj(it -> value(kind))
        .distinct()
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private String value(Kind kind) {
    return chance.oneIn(7) ? "null" : chance.pick(kind.samples());
  }
}

package io.defradb.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The collections of one seed: two or three, each related to the one before it. */
final class World {
  /** The other worlds have no indexes. */
  private static final int INDEXED_EVERY = 3;

  /**
   * Increments carry random numbers, so that commits of worlds with counters cannot be compared.
   */
  private static final int COUNTING_EVERY = 5;

  private final boolean isCounting;
  private final boolean isIndexed;
  private final List<Type> types;

  private World(boolean isCounting, boolean isIndexed, List<Type> types) {
    this.isCounting = isCounting;
    this.isIndexed = isIndexed;
    this.types = types;
  }

  static World of(long seed, Chance chance) {
    boolean isIndexed = seed % INDEXED_EVERY == 0;
    boolean isCounting = seed % COUNTING_EVERY == 0;
    int count = chance.between(2, 3);
    List<List<Link>> links = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      links.add(new ArrayList<>());
    }
    for (int i = 1; i < count; i++) {
      relate(
          chance, name(seed, i - 1), links.get(i - 1), name(seed, i), links.get(i), i, isIndexed);
    }
    List<Type> types = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      types.add(type(name(seed, i), links.get(i), chance, isIndexed, isCounting));
    }
    return new World(isCounting, isIndexed, List.copyOf(types));
  }

  private static String name(long seed, int number) {
    return "T" + seed + "abc".charAt(number);
  }

  private static void relate(
      Chance chance,
      String one,
      List<Link> ofOne,
      String two,
      List<Link> ofTwo,
      int number,
      boolean isIndexed) {
    String named = chance.oneIn(3) ? " @relation(name: \"rel_" + one + two + "\")" : "";
    String index =
        isIndexed && chance.oneIn(2)
            ? " @index" + (chance.oneIn(6) ? "(direction: DESC)" : "")
            : "";
    switch (chance.below(4)) {
      case 0 -> {
        ofOne.add(new Link("o" + number, two, false, true, " @primary" + named + index));
        ofTwo.add(new Link("p" + number, one, false, false, named));
      }
      case 1 -> ofOne.add(new Link("o" + number, two, false, true, index));
      case 2 -> {
        ofOne.add(new Link("m" + number, two, true, false, named));
        ofTwo.add(new Link("p" + number, one, false, true, named + index));
      }
      default -> {
        ofOne.add(new Link("p" + number, two, false, true, named + index));
        ofTwo.add(new Link("m" + number, one, true, false, named));
      }
    }
  }

  private static Type type(
      String name, List<Link> links, Chance chance, boolean isIndexed, boolean isCounting) {
    List<Field> fields = new ArrayList<>();
    fields.add(new Field("key", Kind.INT, false, isIndexed && chance.oneIn(4) ? " @index" : ""));
    for (Kind kind : chance.some(List.of(Kind.values()), 7)) {
      boolean isCounter = isCounting && kind.isNumber() && chance.oneIn(5);
      String standard = isCounter ? "" : standard(kind, chance);
      String directives =
          isCounter
              ? " @crdt(type: " + (chance.oneIn(3) ? "pcounter" : "pncounter") + ")"
              : standard.isEmpty() && isIndexed && !kind.isList() ? index(chance) : standard;
      fields.add(new Field("f" + fields.size(), kind, isCounter, directives));
    }
    String directives = chance.oneIn(6) ? " @branchable" : "";
    if (isIndexed && chance.oneIn(3)) {
      directives += composite(fields, chance);
    }
    return new Type(name, List.copyOf(fields), List.copyOf(links), directives);
  }

  private static String standard(Kind kind, Chance chance) {
    if (!chance.oneIn(6) || kind.isList() || kind == Kind.ID || kind == Kind.JSON) {
      return "";
    }
    String argument =
        switch (kind) {
          case DATE_TIME -> "dateTime";
          case BOOLEAN -> chance.oneIn(20) ? "boolean" : "bool";
          default -> kind.sdl().toLowerCase(Locale.ROOT);
        };
    return " @default(" + argument + ": " + chance.pick(kind.samples()) + ")";
  }

  private static String index(Chance chance) {
    if (!chance.oneIn(3)) {
      return "";
    }
    return chance.oneIn(4) ? " @index(direction: DESC)" : " @index";
  }

  private static String composite(List<Field> fields, Chance chance) {
    // The yardstick cannot change a document again that holds null where its index has a default,
    // and its indexes on arrays lose the empty ones.
    List<Field> free =
        fields.stream()
            .filter(it -> !it.directives().contains("@default") && !it.kind().isList())
            .toList();
    return chance.some(free, 3).stream()
        .map(
            it ->
                "{field: \""
                    + it.name()
                    + "\""
                    + (chance.oneIn(3) ? ", direction: DESC" : "")
                    + "}")
        .collect(Collectors.joining(", ", " @index(includes: [", "])"));
  }

  boolean hasEqualCommits() {
    return !isCounting;
  }

  boolean isIndexed() {
    return isIndexed;
  }

  List<Type> types() {
    return types;
  }

  Type named(String name) {
    return types.stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
  }

  String sdl() {
    return types.stream().map(Type::sdl).collect(Collectors.joining());
  }
}

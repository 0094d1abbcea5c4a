package io.defradb.schema;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which types of one text are hashed together: the steps of data-model 4.3, which are not strongly
 * connected components; their side effects are part of every version ID and must stay as they are.
 *
 * <p>Takes time in proportion to the number of relations, and no deep call stack for long chains.
 * For one use.
 */
final class SchemaSets {
  /** Targets still followed, by type name, in bytewise order. */
  private final TreeMap<String, List<String>> targets = new TreeMap<>();

  private final Map<String, Integer> numbers = new HashMap<>();
  private final Set<String> visited = new HashSet<>();
  private Map<String, Integer> circles = Map.of();
  private int last;

  private SchemaSets() {}

  /** The sets, each sorted by name; {@code schemas}: those of one text. */
  static List<List<Schema>> of(List<Schema> schemas) {
    return new SchemaSets().group(schemas);
  }

  private List<List<Schema>> group(List<Schema> schemas) {
    for (Schema schema : schemas) {
      List<String> names = relationTargets(schema);
      if (!names.isEmpty()) {
        targets.put(schema.name(), names);
      }
    }
    forgetWhatLeadsOut();
    circles = Circles.of(targets);
    targets.keySet().forEach(this::visit);

    Map<Integer, List<Schema>> sets = new LinkedHashMap<>();
    for (Schema schema : schemas) {
      Integer number = numbers.get(schema.name());
      sets.computeIfAbsent(number == null ? ++last : number, key -> new ArrayList<>()).add(schema);
    }
    sets.values().forEach(set -> set.sort((a, b) -> a.name().compareTo(b.name())));
    return List.copyOf(sets.values());
  }

  private static List<String> relationTargets(Schema schema) {
    var names = new ArrayList<String>();
    for (SchemaField field : schema.fields()) {
      if (field.kind() instanceof SchemaFieldKind.Named named) {
        names.add(named.name());
      }
    }
    return names;
  }

  /** Step 2: a target outside cuts off itself and all that was listed before it. */
  private void forgetWhatLeadsOut() {
    Map<String, Set<String>> referrers = new HashMap<>();
    targets.forEach(
        (name, list) ->
            list.forEach(
                target -> referrers.computeIfAbsent(target, key -> new HashSet<>()).add(name)));
    var open = new ArrayDeque<>(targets.keySet());
    while (!open.isEmpty()) {
      String name = open.remove();
      List<String> list = targets.getOrDefault(name, List.of());
      int cut = list.size();
      while (cut > 0 && targets.containsKey(list.get(cut - 1))) {
        cut--;
      }
      if (cut == list.size() && cut > 0) {
        targets.remove(name);
        open.addAll(referrers.getOrDefault(name, Set.of()));
      } else if (cut > 0) {
        targets.put(name, List.copyOf(list.subList(cut, list.size())));
      }
    }
  }

  /** Where the walk stands in the list of one type. */
  private static final class Step {
    final String name;
    int next;

    Step(String name) {
      this.name = name;
    }
  }

  /** Step 3. */
  private void visit(String first) {
    var path = new ArrayList<Step>();
    enter(path, first);
    while (!path.isEmpty()) {
      Step step = path.get(path.size() - 1);
      List<String> list = targets.getOrDefault(step.name, List.of());
      if (step.next == list.size()) {
        path.remove(path.size() - 1);
        continue;
      }
      String target = list.get(step.next++);
      numbers.put(target, numberFor(step.name, target));
      enter(path, target);
    }
  }

  private void enter(List<Step> path, String name) {
    if (visited.add(name)) {
      path.add(new Step(name));
    }
  }

  private int numberFor(String type, String target) {
    // The type lists the target, so it can be reached from there when both are on one circle.
    if (!circles.getOrDefault(type, -1).equals(circles.getOrDefault(target, -2))) {
      return ++last;
    }
    Integer number = numbers.get(target);
    if (number == null) {
      number = numbers.computeIfAbsent(type, key -> ++last);
    }
    return number;
  }
}

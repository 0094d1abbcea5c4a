package io.defradb.schema;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * Strongly connected components of the relations among types, by Kosaraju's algorithm with stacks
 * of its own: two types have the same number when each can be reached from the other.
 */
final class Circles {
  private Circles() {}

  /** A number for each type that is a key of {@code targets}. */
  static Map<String, Integer> of(SortedMap<String, List<String>> targets) {
    Map<String, List<String>> reversed = new HashMap<>();
    targets.forEach(
        (name, list) ->
            list.forEach(
                target -> reversed.computeIfAbsent(target, key -> new ArrayList<>()).add(name)));
    Map<String, Integer> numbers = new HashMap<>();
    int last = 0;
    List<String> finished = finishOrder(targets);
    for (int i = finished.size() - 1; i >= 0; i--) {
      if (!numbers.containsKey(finished.get(i))) {
        mark(finished.get(i), ++last, reversed, numbers);
      }
    }
    return numbers;
  }

  private static List<String> finishOrder(SortedMap<String, List<String>> targets) {
    List<String> finished = new ArrayList<>(targets.size());
    Set<String> seen = new HashSet<>();
    Map<String, Integer> places = new HashMap<>();
    Deque<String> path = new ArrayDeque<>();
    for (String start : targets.keySet()) {
      if (seen.add(start)) {
        path.push(start);
      }
      while (!path.isEmpty()) {
        String name = path.element();
        List<String> list = targets.getOrDefault(name, List.of());
        int place = places.merge(name, 1, Integer::sum) - 1;
        if (place == list.size()) {
          finished.add(path.pop());
        } else if (seen.add(list.get(place))) {
          path.push(list.get(place));
        }
      }
    }
    return finished;
  }

  private static void mark(
      String start, int number, Map<String, List<String>> reversed, Map<String, Integer> numbers) {
    Deque<String> open = new ArrayDeque<>();
    numbers.put(start, number);
    open.push(start);
    while (!open.isEmpty()) {
      for (String referrer : reversed.getOrDefault(open.pop(), List.of())) {
        if (numbers.putIfAbsent(referrer, number) == null) {
          open.push(referrer);
        }
      }
    }
  }
}

package io.defradb.graphql.validation;

import io.defradb.graphql.syntax.Document;
import io.defradb.graphql.syntax.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which fragment spreads which. Walks fragments without recursion: a chain of them can be as long
 * as the request.
 */
final class FragmentGraph {
  private final Map<String, Document.Fragment> fragments;
  private final Map<String, Set<String>> spreads = new LinkedHashMap<>();

  FragmentGraph(Map<String, Document.Fragment> fragments) {
    this.fragments = fragments;
    fragments.forEach((name, fragment) -> spreads.put(name, spreads(fragment.children())));
  }

  /** The fragments that {@code nodes} reach. */
  Collection<Document.Fragment> reachable(List<Node> nodes) {
    var reached = new LinkedHashMap<String, Document.Fragment>();
    Deque<String> open = new ArrayDeque<>(spreads(nodes));
    while (!open.isEmpty()) {
      String name = open.remove();
      Document.Fragment fragment = fragments.get(name);
      if (fragment != null && reached.putIfAbsent(name, fragment) == null) {
        open.addAll(spreads.getOrDefault(name, Set.of()));
      }
    }
    return reached.values();
  }

  private static Set<String> spreads(List<Node> nodes) {
    var names = new LinkedHashSet<String>();
    var open = new ArrayDeque<List<Node>>();
    open.add(nodes);
    while (!open.isEmpty()) {
      for (Node node : open.remove()) {
        if (node instanceof Node.Spread spread) {
          names.add(spread.fragment());
        } else if (node instanceof Node.Inline inline) {
          open.add(inline.children());
        } else if (node instanceof Node.Field field && field.children() != null) {
          open.add(field.children());
        }
      }
    }
    return names;
  }

  /** A message for every spread that closes a circle. */
  List<String> cycles() {
    var messages = new ArrayList<String>();
    var done = new HashSet<String>();
    for (String name : spreads.keySet()) {
      if (!done.contains(name)) {
        walk(name, done, messages);
      }
    }
    return messages;
  }

  private void walk(String start, Set<String> done, List<String> messages) {
    var path = new ArrayList<String>();
    var places = new HashMap<String, Integer>();
    var open = new ArrayDeque<Iterator<String>>();
    enter(start, path, places, open);
    while (!open.isEmpty()) {
      Iterator<String> current = open.element();
      if (!current.hasNext()) {
        open.pop();
        String left = path.remove(path.size() - 1);
        places.remove(left);
        done.add(left);
        continue;
      }
      String next = current.next();
      Integer place = places.get(next);
      if (place != null) {
        messages.add(message(next, path.subList(place + 1, path.size())));
      } else if (spreads.containsKey(next) && !done.contains(next)) {
        enter(next, path, places, open);
      }
    }
  }

  private void enter(
      String name, List<String> path, Map<String, Integer> places, Deque<Iterator<String>> open) {
    places.put(name, path.size());
    path.add(name);
    open.push(spreads.getOrDefault(name, Set.of()).iterator());
  }

  private static String message(String name, List<String> via) {
    String through = via.isEmpty() ? "" : " via " + String.join(", ", via);
    return "Cannot spread fragment \"" + name + "\" within itself" + through + ".";
  }
}

package io.defradb.graphql.syntax;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Spreads the fragments of one document into the selections that name them. A fragment counts once
 * in a selection set, so one that spreads itself comes to an end; fragments that multiply each
 * other are stopped by a budget. For one thread, and one pass over the document.
 */
public final class Selections {
  private final Map<String, Document.Fragment> fragments = new HashMap<>();
  private final int fieldsMax;
  private int fields;

  /** {@code fieldsMax}: how many fields and spreads all calls together may meet. */
  public Selections(Document document, int fieldsMax) {
    document.fragments().forEach(it -> fragments.putIfAbsent(it.name(), it));
    this.fieldsMax = fieldsMax;
  }

  /**
   * The fields of a selection set in the order written, fragments spread, all type conditions taken
   * as met.
   *
   * @throws DefraException TOO_LARGE above the budget
   */
  public List<Node.Field> spread(List<Node> nodes) {
    var found = new ArrayList<Node.Field>();
    var seen = new HashSet<String>();
    var open = new ArrayDeque<Iterator<Node>>();
    open.push(nodes.iterator());
    while (!open.isEmpty()) {
      if (!open.peek().hasNext()) {
        open.pop();
        continue;
      }
      Node node = open.peek().next();
      if (node instanceof Node.Field field) {
        count();
        found.add(field);
      } else if (node instanceof Node.Inline inline) {
        open.push(inline.children().iterator());
      } else {
        String name = ((Node.Spread) node).fragment();
        Document.Fragment fragment = fragments.get(name);
        if (fragment != null && seen.add(name)) {
          count();
          open.push(fragment.children().iterator());
        }
      }
    }
    return found;
  }

  /** The same by response name; a field asked twice is one, with the children of both. */
  public Map<String, Node.Field> merge(List<Node> nodes) {
    var merged = new LinkedHashMap<String, Node.Field>();
    for (Node.Field field : spread(nodes)) {
      merged.merge(field.responseName(), field, Selections::both);
    }
    return merged;
  }

  private static Node.Field both(Node.Field first, Node.Field second) {
    if (first.children() == null || second.children() == null) {
      return first;
    }
    var children = new ArrayList<>(first.children());
    children.addAll(second.children());
    return new Node.Field(
        first.alias(), first.name(), first.arguments(), first.directives(), children);
  }

  private void count() {
    if (++fields > fieldsMax) {
      throw new DefraException(
          ErrorCode.TOO_LARGE, "request is too large", "Limit", "fields", "Max", fieldsMax);
    }
  }
}

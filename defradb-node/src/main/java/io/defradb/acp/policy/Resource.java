package io.defradb.acp.policy;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A kind of object.
 *
 * @param permissions their expressions as written, by name
 * @param relations by name
 */
record Resource(SortedMap<String, String> permissions, SortedMap<String, Relation> relations) {
  static final String OWNER = "owner";

  Resource {
    permissions = Collections.unmodifiableSortedMap(new TreeMap<>(permissions));
    relations = Collections.unmodifiableSortedMap(new TreeMap<>(relations));
  }

  /**
   * What an actor can be to an object.
   *
   * @param manages relations that one who has this may give and take
   * @param types of those who can have it: {@code actor}, a resource, {@code resource->relation}
   */
  record Relation(List<String> manages, List<String> types) {
    Relation {
      manages = List.copyOf(manages);
      types = List.copyOf(types);
    }
  }
}

package io.defradb.connect.sink.mapping;

import io.defradb.document.FieldKind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The collections of the node, as the mapping needs them. */
public interface Collections {
  /** {@code null}: there is none. What was asked before may be answered from memory. */
  @Nullable CollectionShape find(String name);

  /** The same as it is now, or was a moment ago. */
  @Nullable CollectionShape findAgain(String name);

  /**
   * Creates the collection, with these fields and what generations need. One that another task has
   * created meanwhile is as good.
   */
  CollectionShape create(String name, Map<String, FieldKind> fields);

  /** Adds fields by a schema patch. Those that another task has added meanwhile are as good. */
  CollectionShape widen(String name, Map<String, FieldKind> fields);

  /** The node's feed: events that came from it tell it nothing new. Empty while unknown. */
  String feedId();
}

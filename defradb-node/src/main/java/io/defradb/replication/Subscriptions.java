package io.defradb.replication;

import java.util.List;

/**
 * What the node follows by gossip, by name: collections or documents. Kept in the store. Safe for
 * use by many threads; calls block on storage.
 */
public interface Subscriptions {
  /** In the order of what is followed: of the IDs of collections or documents. */
  List<String> names();

  /** All or none; what is followed already stays. Throws when a name is not known or malformed. */
  void add(List<String> names);

  /**
   * All or none; what is not followed is no error. Throws when a name is not known or malformed.
   */
  void remove(List<String> names);
}

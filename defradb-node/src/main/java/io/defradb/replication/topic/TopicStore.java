package io.defradb.replication.topic;

import io.defradb.db.LocalState;
import io.defradb.db.LocalState.Space;
import io.defradb.multiformats.Bytes;
import java.util.List;

/**
 * What this node follows, as stored.
 *
 * <pre>
 * 'c' | collection ID text -> 01
 * 'd' | DocID text         -> 01
 * </pre>
 */
enum TopicStore {
  COLLECTIONS('c'),
  DOCUMENTS('d');

  private static final byte[] FOLLOWED = {1};

  private final char kind;

  TopicStore(char kind) {
    this.kind = kind;
  }

  void put(LocalState local, String id) {
    local.put(Space.SUBSCRIPTION, key(id), FOLLOWED.clone());
  }

  void remove(LocalState local, String id) {
    byte[] key = key(id);
    if (local.get(Space.SUBSCRIPTION, key) != null) {
      local.delete(Space.SUBSCRIPTION, key);
    }
  }

  /** In the order of the IDs. */
  List<String> list(LocalState local) {
    return local.list(Space.SUBSCRIPTION, key("")).stream()
        .map(entry -> Bytes.wrap(entry.key()).toUtf8().substring(1))
        .toList();
  }

  private byte[] key(String id) {
    return Bytes.utf8(kind + id).toArray();
  }
}

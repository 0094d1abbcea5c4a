package io.defradb.db;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What this node alone keeps and never replicates, inside a transaction: it is read from the
 * transaction's snapshot and its own writes, takes part in the conflict check, and is stored in the
 * same batch as the commits. Keys of different users are kept apart by {@code Space}.
 */
public interface LocalState {
  /** Whose entries; the number is stored. */
  enum Space {
    /** How far a partition of an external source has been applied. */
    INGEST_POSITION(1),
    /** The highest generation known of a document that is named by a business key. */
    GENERATION(2),
    /** Registered readers of the change feed. */
    FEED_CONSUMER(3),
    /** Commits that wait for blocks or keys before they can be applied. */
    MERGE_WANT(4),
    /** Targets that this node pushes to, and what each has. */
    REPLICATOR(5),
    /** Collections and documents that this node follows. */
    SUBSCRIPTION(6),
    /** Rows of materialized views. */
    VIEW_ROW(7),
    /** Policies, and who is what to which document and to the node. */
    ACCESS(8);

    private final int number;

    Space(int number) {
      this.number = number;
    }

    /** 1 to 127. */
    public int number() {
      return number;
    }
  }

  byte @Nullable [] get(Space space, byte[] key);

  void put(Space space, byte[] key, byte[] value);

  void delete(Space space, byte[] key);

  /** All entries whose key begins with {@code prefix}, in key order; own writes included. */
  List<Entry> list(Space space, byte[] prefix);

  /** One entry; {@code key} without the space. */
  record Entry(byte[] key, byte[] value) {}
}

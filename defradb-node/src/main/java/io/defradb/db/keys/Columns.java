package io.defradb.db.keys;

import io.defradb.db.log.LogKeys;
import io.defradb.storage.Column;
import java.util.List;

/**
 * The columns that the database keeps, besides those of the feed's own state. Names and numbers are
 * stored.
 */
public final class Columns {
  /** Collection, DocID to the document's record. */
  public static final Column STATE = new Column("state", 1, Column.Access.SCAN);

  /** Digest of a CID to where the block's bytes are. */
  public static final Column CID = new Column("cid", 2, Column.Access.POINT).inClear();

  /** Digest of a CID to an encryption block, which never travels with a DAG. */
  public static final Column ENCRYPTION = new Column("encryption", 4, Column.Access.POINT);

  /** The catalog. */
  public static final Column SYSTEM = new Column("system", 5, Column.Access.SCAN);

  /** Secondary indexes: all is in the keys, which show no value of a sealed store. */
  public static final Column INDEX = new Column("index", 6, Column.Access.SCAN).inClear();

  /** What this node alone keeps. */
  public static final Column LOCAL = new Column("local", 7, Column.Access.SCAN);

  /** Digest of a CID to a block that waits for others or for a key before it can be applied. */
  public static final Column PENDING = new Column("pending", 8, Column.Access.POINT);

  public static final List<Column> ALL =
      List.of(
          STATE, CID, ENCRYPTION, SYSTEM, INDEX, LOCAL, PENDING, LogKeys.ENTRIES, LogKeys.IMAGES);

  private Columns() {}
}

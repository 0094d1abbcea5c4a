package io.defradb.storage;

/**
 * One ordered key space of a store, declared by its user.
 *
 * @param name stable: it names the files on disk
 * @param id stable, 1 to 255: it is part of what seals a value
 * @param access how it is mostly read
 * @param isSealed whether a sealed store seals its values; not to be, they must give nothing away
 *     that the keys do not
 */
public record Column(String name, int id, Access access, boolean isSealed) {
  /**
   * POINT: by whole key, so filters pay; SCAN: by range; LOG: by range as well, but each new key is
   * the greatest, and its user has compressed the value.
   */
  public enum Access {
    POINT,
    SCAN,
    LOG
  }

  public Column(String name, int id, Access access) {
    this(name, id, access, true);
  }

  /** The same with values that a sealed store keeps as they are. */
  public Column inClear() {
    return new Column(name, id, access, false);
  }
}

package io.defradb.storage;

/**
 * One ordered key space of a store, declared by its user.
 *
 * @param name stable: it names the files on disk
 * @param id stable, 1 to 255: it is part of what seals a value
 * @param access how it is mostly read
 */
public record Column(String name, int id, Access access) {
  /** POINT: by whole key, so filters pay; SCAN: by range. */
  public enum Access {
    POINT,
    SCAN
  }
}

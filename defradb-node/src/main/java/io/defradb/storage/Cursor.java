package io.defradb.storage;

/**
 * A walk over entries. For one thread; {@code key} and {@code value} only after a true {@code
 * next}.
 */
public interface Cursor extends AutoCloseable {
  /** Steps on; false at the end, now and at every later call. */
  boolean next();

  byte[] key();

  byte[] value();

  @Override
  void close();
}

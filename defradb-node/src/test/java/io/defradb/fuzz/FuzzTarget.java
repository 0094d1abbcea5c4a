package io.defradb.fuzz;

import java.util.List;

/** A place where bytes come in. Used by one thread. */
interface FuzzTarget extends AutoCloseable {
  /** Inputs that are accepted, from which others are made. */
  List<byte[]> seeds();

  /** Words worth putting anywhere. */
  List<String> words();

  /**
   * Takes one input. Whatever it throws is a fault of ours.
   *
   * @return whether it was accepted
   */
  boolean accepts(byte[] input) throws Exception;

  @Override
  default void close() {}
}

package io.defradb.libp2p.address;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;

/** A part that cannot be read; {@link Multiaddr} says which address it was in. */
final class Malformed extends DefraException {
  private static final long serialVersionUID = 1L;

  Malformed(String text) {
    super(ErrorCode.INVALID_ARGUMENT, text);
  }
}

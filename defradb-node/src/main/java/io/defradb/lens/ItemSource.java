package io.defradb.lens;

import org.jspecify.annotations.Nullable;

/** Items one after the other. For one thread. */
@FunctionalInterface
public interface ItemSource {
  /** A JSON object; {@code null}: no more for now, ask again when there may be. */
  byte @Nullable [] next();
}

package io.defradb.lens;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Runs lenses. Safe for use by many threads. */
public interface Lenses {
  /** Of a node that runs none. */
  Lenses NONE =
      new Lenses() {
        @Override
        public ItemSource open(LensConfig config, ItemSource source) {
          throw new DefraException(ErrorCode.UNSUPPORTED, "lenses are not supported by this node");
        }

        @Override
        public void give(String versionId, LensConfig config) {
          throw new DefraException(ErrorCode.UNSUPPORTED, "lenses are not supported by this node");
        }

        @Override
        public @Nullable LensConfig given(String versionId) {
          return null;
        }

        @Override
        public boolean isAnyGiven() {
          return false;
        }

        @Override
        public void reload() {}
      };

  /**
   * Loads the modules and tells them their arguments. What comes out of the answer is {@code
   * source} seen through them; it belongs to the calling thread, and its memory to the garbage
   * collector.
   *
   * @throws DefraException INVALID_ARGUMENT for a module that cannot be loaded or does not have
   *     what is asked of it; later, from {@code next}, for one that fails; TOO_LARGE beyond the
   *     limits, of time too
   */
  ItemSource open(LensConfig config, ItemSource source);

  /**
   * Sets the lens of a collection version until the next {@link #reload}, whatever its description
   * says. Throws TOO_LARGE when there are too many.
   */
  void give(String versionId, LensConfig config);

  /** What was given; null: nothing. */
  @Nullable LensConfig given(String versionId);

  boolean isAnyGiven();

  /** Forgets what was given, and compiled modules: the next use reads them again. */
  void reload();
}

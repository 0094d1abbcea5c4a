package io.defradb.db.log;

import io.defradb.multiformats.Bytes;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A document after a commit, and what was different before it, at the commit's schema version. So
 * both images are read with one look-up, and neither needs an older entry.
 *
 * @param after value CBOR of every field that is set, by name; {@code null}: the document is not
 *     live after the commit
 * @param changed value CBOR before the commit of the fields that differ, CBOR null where one was
 *     unset; all set fields when {@code after} is {@code null}; {@code null}: there was no live
 *     document
 */
public record LogImage(
    @Nullable SortedMap<String, Bytes> after, @Nullable SortedMap<String, Bytes> changed) {
  private static final Bytes CBOR_NULL = Bytes.hex("f6");

  public LogImage {
    after = after == null ? null : Collections.unmodifiableSortedMap(after);
    changed = changed == null ? null : Collections.unmodifiableSortedMap(changed);
  }

  /** Every field that was set before the commit; {@code null}: there was no live document. */
  public @Nullable SortedMap<String, Bytes> before() {
    if (changed == null || after == null) {
      return changed;
    }
    var before = new TreeMap<>(after);
    before.putAll(changed);
    before.values().removeIf(CBOR_NULL::equals);
    return before;
  }
}

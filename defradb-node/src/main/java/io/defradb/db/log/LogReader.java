package io.defradb.db.log;

import io.defradb.storage.Cursor;
import io.defradb.storage.KeyRange;
import io.defradb.storage.Snapshot;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The log of one snapshot, which its owner closes. For one thread. */
public final class LogReader {
  private final Snapshot snapshot;

  public LogReader(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** The greatest number there is; 0 for an empty log. */
  public long newestSeq() {
    try (Cursor cursor = snapshot.cursor(LogKeys.ENTRIES, KeyRange.ALL, true)) {
      return cursor.next() ? LogKeys.seq(cursor.key()) : 0;
    }
  }

  /** The smallest number there is; 1 for an empty log. */
  public long oldestSeq() {
    try (Cursor cursor = snapshot.cursor(LogKeys.ENTRIES, KeyRange.ALL, false)) {
      return cursor.next() ? LogKeys.seq(cursor.key()) : 1;
    }
  }

  public Optional<LogEntry> entry(long seq) {
    byte[] value = snapshot.get(LogKeys.ENTRIES, LogKeys.seq(seq));
    return value == null ? Optional.empty() : Optional.of(CommitPack.entry(seq, value));
  }

  /** The blocks that came with an entry; empty: there is no such entry. */
  public Optional<CommitPack> pack(long seq) {
    byte[] value = snapshot.get(LogKeys.ENTRIES, LogKeys.seq(seq));
    return value == null ? Optional.empty() : Optional.of(CommitPack.decode(value));
  }

  /** Empty when it was removed, or for what is no document. */
  public Optional<LogImage> image(long seq) {
    byte[] value = snapshot.get(LogKeys.IMAGES, LogKeys.seq(seq));
    return value == null ? Optional.empty() : Optional.of(LogCodec.decodeImage(value));
  }

  /** Entries with a greater number, in order. Close it. */
  public Entries after(long seq) {
    return new Entries(
        snapshot.cursor(LogKeys.ENTRIES, new KeyRange(LogKeys.seq(seq + 1), null), false));
  }

  /** Entries one after the other. */
  public static final class Entries implements AutoCloseable {
    private final Cursor cursor;

    private Entries(Cursor cursor) {
      this.cursor = cursor;
    }

    /** {@code null}: no more. */
    public @Nullable LogEntry next() {
      return cursor.next() ? CommitPack.entry(LogKeys.seq(cursor.key()), cursor.value()) : null;
    }

    @Override
    public void close() {
      cursor.close();
    }
  }
}

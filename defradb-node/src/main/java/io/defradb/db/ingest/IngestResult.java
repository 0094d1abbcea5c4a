package io.defradb.db.ingest;

import io.defradb.document.DocId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a batch did. {@code offset}: the stored position after it. */
public record IngestResult(String feedId, long offset, List<Outcome> outcomes) {

  /** What one operation did. */
  public enum Status {
    CREATED("created"),
    UPDATED("updated"),
    UNCHANGED("unchanged"),
    DELETED("deleted"),
    ABSENT("absent"),
    DUPLICATE("duplicate");

    private final String text;

    Status(String text) {
      this.text = text;
    }

    /** As answers name it. */
    public String text() {
      return text;
    }
  }

  /** {@code docId}: {@code null} for a duplicate. */
  public record Outcome(long offset, Status status, @Nullable DocId docId) {}

  public IngestResult {
    outcomes = List.copyOf(outcomes);
  }
}

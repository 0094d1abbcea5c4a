package io.defradb.connect.source.offset;

import java.util.ArrayList;
import java.util.List;

/**
 * The parts of one snapshot, in DocID order: each holds the documents after the part before it, up
 * to and with its last DocID, as of its own {@code seq}. A snapshot that was never interrupted has
 * one. As text {@code seq:lastDocID,…}; the open or last part has no last DocID and holds all the
 * rest.
 */
public record SnapshotParts(List<Part> parts) {
  public static final SnapshotParts NONE = new SnapshotParts(List.of());

  public record Part(long seq, String lastDocId) {
    boolean holds(String docId) {
      return lastDocId.isEmpty() || docId.compareTo(lastDocId) <= 0;
    }
  }

  public SnapshotParts {
    parts = List.copyOf(parts);
  }

  public boolean isEmpty() {
    return parts.isEmpty();
  }

  /** Where reading of the feed begins: the moment of the first part. */
  public long firstSeq() {
    return parts.get(0).seq();
  }

  /** From here on no part says anything. */
  public long lastSeq() {
    return parts.stream().mapToLong(Part::seq).max().orElse(0);
  }

  /** True when the snapshot showed the document with this entry in it. */
  public boolean covers(String docId, long seq) {
    for (Part part : parts) {
      if (part.holds(docId)) {
        return seq <= part.seq();
      }
    }
    return false;
  }

  /** Ends the open part at {@code lastDocId} and opens one at {@code seq}. */
  public SnapshotParts resumed(String lastDocId, long seq) {
    List<Part> more = new ArrayList<>(parts);
    if (lastDocId.isEmpty()) {
      more.remove(more.size() - 1);
    } else {
      more.set(more.size() - 1, new Part(more.get(more.size() - 1).seq(), lastDocId));
    }
    more.add(new Part(seq, ""));
    return new SnapshotParts(more);
  }

  public static SnapshotParts startedAt(long seq) {
    return new SnapshotParts(List.of(new Part(seq, "")));
  }

  String toText() {
    var text = new StringBuilder();
    for (Part part : parts) {
      text.append(text.isEmpty() ? "" : ",")
          .append(part.seq())
          .append(':')
          .append(part.lastDocId());
    }
    return text.toString();
  }

  static SnapshotParts parse(String text) {
    List<Part> parts = new ArrayList<>();
    for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      int colon = part.indexOf(':');
      if (colon < 1) {
        throw new IllegalArgumentException("parts of a snapshot are written seq:lastDocID");
      }
      parts.add(new Part(Long.parseLong(part.substring(0, colon)), part.substring(colon + 1)));
    }
    return new SnapshotParts(parts);
  }
}

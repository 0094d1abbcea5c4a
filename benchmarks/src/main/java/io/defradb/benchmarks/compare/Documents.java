package io.defradb.benchmarks.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is known of the documents that were written: their DocIDs and commits. */
final class Documents {
  private final Map<String, List<String>> ids = new HashMap<>();
  private final Map<String, List<String>> commits = new HashMap<>();

  void know(Type type, String docId) {
    List<String> known = ids.computeIfAbsent(type.name(), name -> new ArrayList<>());
    if (!known.contains(docId)) {
      known.add(docId);
    }
  }

  /** {@code cid}: of a document of {@code type}, or of one of its fields. */
  void knowCommit(Type type, String cid) {
    List<String> known = commits.computeIfAbsent(type.name(), name -> new ArrayList<>());
    if (!known.contains(cid)) {
      known.add(cid);
    }
  }

  /** A well-formed DocID of nothing when none is known. */
  String any(Type type, Chance chance) {
    List<String> known = ids.getOrDefault(type.name(), List.of());
    return known.isEmpty() ? "bae-00000000-0000-5000-8000-000000000000" : chance.pick(known);
  }

  String anyCommit(Type type, Chance chance) {
    List<String> known = commits.getOrDefault(type.name(), List.of());
    return known.isEmpty()
        ? "bafyreigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi"
        : chance.pick(known);
  }
}

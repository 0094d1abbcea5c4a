package io.defradb.query.explain;

import io.defradb.db.CommitReader;
import io.defradb.db.StoredDocument;
import io.defradb.document.Value;
import io.defradb.multiformats.Cid;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the commits of every row's document, for {@code _version}. */
final class VersionsStep {
  private final CommitReader commits;
  private long iterations;

  VersionsStep(CommitReader commits) {
    this.commits = commits;
  }

  void readAll(StoredDocument document) {
    List<Cid> heads =
        document.pastHeads().isEmpty()
            ? commits
                .heads(document.docId())
                .map(CommitReader.DocumentHeads::composite)
                .orElse(List.of())
            : document.pastHeads();
    Deque<Cid> open = new ArrayDeque<>(heads);
    Set<Cid> seen = new HashSet<>();
    while (!open.isEmpty()) {
      Cid cid = open.remove();
      if (seen.add(cid)) {
        commits.block(cid).ifPresent(block -> open.addAll(block.heads()));
      }
    }
    iterations += seen.size() + 1L;
  }

  Value explained() {
    return Tree.of("dagScanNode", new Tree().with("iterations", new Value.Int(iterations)).done());
  }
}

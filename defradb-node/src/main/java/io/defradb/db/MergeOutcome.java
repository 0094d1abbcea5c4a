package io.defradb.db;

import io.defradb.error.DefraException;
import io.defradb.multiformats.Cid;
import java.util.List;
import java.util.Set;

/** How a merge ended. */
public sealed interface MergeOutcome {

  /**
   * Commits were applied.
   *
   * @param commits how many, 0 when all were applied before
   * @param isComplete whether the tip is applied now
   * @param violations of unique indexes: the documents are kept all the same
   */
  record Applied(int commits, boolean isComplete, List<DefraException> violations)
      implements MergeOutcome {
    public Applied {
      violations = List.copyOf(violations);
    }
  }

  /** Nothing was applied: these blocks are not here. More may be below them. */
  record MissingBlocks(Set<Cid> blocks) implements MergeOutcome {
    public MissingBlocks {
      blocks = Set.copyOf(blocks);
    }
  }

  /** Nothing was applied: these encryption blocks are not here. */
  record MissingKeys(Set<Cid> keys) implements MergeOutcome {
    public MissingKeys {
      keys = Set.copyOf(keys);
    }
  }
}

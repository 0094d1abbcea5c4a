package io.defradb.schema.rule;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;

/** Asks access control, which this room does not know, whether a collection may have a policy. */
@FunctionalInterface
public interface PolicyCheck {
  /** For a node without access control of documents: no collection may have a policy. */
  PolicyCheck NONE =
      (policyId, resourceName) -> {
        throw new DefraException(
            ErrorCode.INVALID_SCHEMA, "can not specify policy on collection, without acp");
      };

  /**
   * Returns when the policy exists and has the resource with what documents need; either text may
   * be empty.
   *
   * @throws DefraException with the fault
   */
  void check(String policyId, String resourceName);
}

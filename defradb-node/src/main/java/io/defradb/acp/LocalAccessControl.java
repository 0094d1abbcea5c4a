package io.defradb.acp;

import java.time.InstantSource;

/**
 * Access control that the node keeps itself. Protected documents stay so whether it is offered or
 * not: what is stored counts, not how the node was started.
 */
public final class LocalAccessControl implements AccessControl {
  private final boolean isOffered;
  private final InstantSource clock;
  private final PolicyCache policies = new PolicyCache();

  /** {@code isOffered}: policies and relationships can be added. */
  public LocalAccessControl(boolean isOffered, InstantSource clock) {
    this.isOffered = isOffered;
    this.clock = clock;
  }

  @Override
  public DocumentAccess within(AccessStore store) {
    return new LocalDocumentAccess(store, isOffered, clock, policies);
  }
}

package io.defradb.acp;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.time.InstantSource;
import java.util.Locale;

/**
 * Decides who may administer the node, as one transaction sees it (data-model specification, 15.3).
 * Once configured it stays so over restarts; only its own operations change its state. Faults are
 * FORBIDDEN, or INVALID_ARGUMENT for what makes no sense in a state. For one thread.
 */
public final class NodeAccess {
  private static final StoredPolicy POLICY = NodePolicy.make();
  private static final AccessKeys KEYS = AccessKeys.NODE;
  private static final Relationships.Target NODE =
      new Relationships.Target(NodePolicy.RESOURCE, NodePolicy.OBJECT);
  private static final int FORMAT = 1;

  private final AccessStore store;
  private final Relationships relationships;

  /** Its words are answered to users. */
  public enum Status {
    NOT_CONFIGURED("not configured"),
    ENABLED("enabled"),
    DISABLED("disabled temporarily");

    private final String text;

    Status(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  /** What can be allowed. Those of documents are there for the policy's sake. */
  public enum Permission {
    DAC_BYPASS,
    DAC_ENABLE,
    DAC_DISABLE,
    DAC_PURGE,
    DAC_STATUS,
    DAC_RELATION_ADD,
    DAC_RELATION_DELETE,
    DAC_POLICY_ADD,
    NAC_RE_ENABLE,
    NAC_DISABLE,
    NAC_PURGE,
    NAC_STATUS,
    NAC_RELATION_ADD,
    NAC_RELATION_DELETE;

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public NodeAccess(AccessStore store, InstantSource clock) {
    this.store = store;
    this.relationships = new Relationships(store, KEYS, POLICY, clock);
  }

  public Status status() {
    byte[] state = store.get(KEYS.state());
    if (state == null) {
      return Status.NOT_CONFIGURED;
    }
    if (state.length != 2 || state[0] != FORMAT || state[1] < 1 || state[1] > 2) {
      throw new DefraException(
          ErrorCode.CORRUPT, "the state of node access control can not be read");
    }
    return state[1] == 1 ? Status.ENABLED : Status.DISABLED;
  }

  private void become(Status status) {
    store.put(KEYS.state(), new byte[] {FORMAT, (byte) status.ordinal()});
  }

  /** Enables it for the first time; {@code owner} is who may do everything. */
  public void configure(String owner) {
    relationships.register(NODE, owner);
    become(Status.ENABLED);
  }

  public void disable(Asker asker) {
    requireConfigured();
    if (status() == Status.DISABLED) {
      throw refused("node acp is already disabled");
    }
    require(asker, Permission.NAC_DISABLE);
    become(Status.DISABLED);
  }

  public void reEnable(Asker asker) {
    requireConfigured();
    if (status() == Status.ENABLED) {
      throw refused("node acp is already enabled");
    }
    require(asker, Permission.NAC_RE_ENABLE);
    become(Status.ENABLED);
  }

  /** Returns whether {@code actor}, a DID or {@code *}, had the relation already. */
  public boolean addRelationship(Asker asker, String relation, String actor) {
    requireConfigured();
    require(asker, Permission.NAC_RELATION_ADD);
    requireRelationships(asker);
    return relationships.add(NODE, relation, asker.did(), actor);
  }

  /** Returns whether {@code actor}, a DID or {@code *}, had the relation. */
  public boolean removeRelationship(Asker asker, String relation, String actor) {
    requireConfigured();
    require(asker, Permission.NAC_RELATION_DELETE);
    requireRelationships(asker);
    return relationships.remove(NODE, relation, asker.did(), actor);
  }

  private void requireRelationships(Asker asker) {
    if (status() != Status.ENABLED) {
      throw DocumentAccess.notAvailable();
    }
    if (asker.isAnonymous()) {
      throw refused("node acp relationship operation requires identity");
    }
  }

  private void requireConfigured() {
    if (status() == Status.NOT_CONFIGURED) {
      throw refused("node acp is not configured");
    }
  }

  /**
   * While it is not enabled everybody has every permission but that to enable it again.
   *
   * @throws DefraException FORBIDDEN
   */
  public void require(Asker asker, Permission permission) {
    boolean isOpen = status() != Status.ENABLED && permission != Permission.NAC_RE_ENABLE;
    if (isOpen || asker.isTrusted()) {
      return;
    }
    String owner = relationships.owner(NODE);
    if (owner == null || !relationships.isGranted(NODE, owner, permission.word(), asker.did())) {
      throw new DefraException(ErrorCode.FORBIDDEN, "not authorized to perform operation");
    }
  }

  private static DefraException refused(String text) {
    return new DefraException(ErrorCode.INVALID_ARGUMENT, text);
  }
}

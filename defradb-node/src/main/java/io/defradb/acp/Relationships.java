package io.defradb.acp;

import io.defradb.acp.policy.Policy;
import io.defradb.acp.policy.PolicyFault;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Who is what to the objects of one policy. For one thread. */
final class Relationships {
  private static final String EVERYBODY = "*";
  private static final int FORMAT = 1;
  private static final int HEADER_BYTES = 9;
  private static final int NAME_CHARACTERS_MAX = 10_000;

  private final AccessStore store;
  private final AccessKeys keys;
  private final StoredPolicy stored;
  private final Policy policy;
  private final InstantSource clock;

  /** What is protected. */
  record Target(String resource, String object) {}

  Relationships(AccessStore store, AccessKeys keys, StoredPolicy stored, InstantSource clock) {
    this.store = store;
    this.keys = keys;
    this.stored = stored;
    this.policy = stored.policy();
    this.clock = clock;
  }

  /** {@code null}: it is not registered. */
  @Nullable String owner(Target target) {
    byte[] record = store.get(keys.owner(stored.number(), target.resource, target.object));
    if (record == null) {
      return null;
    }
    if (record.length < HEADER_BYTES || record[0] != FORMAT) {
      throw new DefraException(ErrorCode.CORRUPT, "an owner's record can not be read");
    }
    return new String(
        Arrays.copyOfRange(record, HEADER_BYTES, record.length), StandardCharsets.UTF_8);
  }

  /**
   * Makes {@code owner} the owner.
   *
   * @throws DefraException INVALID_ARGUMENT it has one
   */
  void register(Target target, String owner) {
    if (owner(target) != null) {
      throw PolicyFault.OPERATION_FORBIDDEN.of(
          "register object failed: object already registered",
          "policy",
          policy.id(),
          "resource",
          target.resource,
          "id",
          target.object);
    }
    store.put(keys.owner(stored.number(), target.resource, target.object), record(owner));
  }

  /** Whether {@code did}, of the object's {@code owner}, has a permission. */
  boolean isGranted(Target target, String owner, String permission, String did) {
    return policy.isGranted(
        target.resource, permission, relation -> has(target, owner, relation, did));
  }

  private boolean has(Target target, String owner, String relation, String did) {
    if (relation.equals(Policy.OWNER)) {
      return owner.equals(did);
    }
    return !did.isEmpty() && store.get(key(target, relation, did)) != null
        || store.get(key(target, relation, EVERYBODY)) != null;
  }

  private byte[] key(Target target, String relation, String actor) {
    return keys.relationship(stored.number(), target.resource, target.object, relation, actor);
  }

  /**
   * Gives {@code actor} a relation.
   *
   * @return whether the actor had it
   * @throws DefraException FORBIDDEN, INVALID_ARGUMENT
   */
  boolean add(Target target, String relation, String requester, String actor) {
    if (!actor.equals(EVERYBODY) && actor.split(":", 3).length < 3) {
      throw setFault(
          PolicyFault.BAD_INPUT,
          "actor must be a valid did: " + actor + " is not a valid did: relationship",
          "did",
          actor);
    }
    if (relation.equals(Policy.OWNER)) {
      throw setFault(
          PolicyFault.OPERATION_FORBIDDEN,
          "creating an owner relationship is not allowed, consider registering the object");
    }
    String owner = owner(target);
    if (owner == null) {
      throw setFault(
          PolicyFault.NOT_FOUND,
          "cannot set relationship for unregistered object",
          "policy",
          policy.id(),
          "resource",
          target.resource,
          "object",
          target.object);
    }
    requireRelation("set relationship failed: ", target, relation);
    if (!isManager(target, owner, relation, requester)) {
      throw setFault(
          PolicyFault.UNAUTHORIZED,
          "cannot create relationship: actor is not a manager of relation",
          "policy",
          policy.id(),
          "relation",
          relation,
          "actor",
          requester);
    }
    return put(target, relation, requester, actor);
  }

  private boolean put(Target target, String relation, String requester, String actor) {
    byte[] key = key(target, relation, checked(actor));
    if (store.get(key) != null) {
      return true;
    }
    if (!policy.isForActors(target.resource, relation)) {
      throw setFault(
          PolicyFault.BAD_INPUT,
          "subject not allowed",
          "policy",
          policy.id(),
          "resource",
          target.resource,
          "relation",
          relation);
    }
    store.put(key, record(requester));
    return false;
  }

  private static String checked(String actor) {
    if (actor.length() > NAME_CHARACTERS_MAX) {
      throw new DefraException(ErrorCode.TOO_LARGE, "an actor's name is too long");
    }
    return actor;
  }

  /**
   * Takes a relation from {@code actor}; nobody's name stands for everybody's, as in the reference.
   *
   * @return whether the actor had it
   * @throws DefraException FORBIDDEN, INVALID_ARGUMENT
   */
  boolean remove(Target target, String relation, String requester, String actor) {
    String prefix = "delete relationship failed: ";
    if (relation.equals(Policy.OWNER)) {
      throw PolicyFault.OPERATION_FORBIDDEN.of(
          prefix + "deleting an owner relationship is not allowed, consider archiving the object");
    }
    requireRelation(prefix, target, relation);
    String owner = owner(target);
    if (owner == null || !isManager(target, owner, relation, requester)) {
      throw PolicyFault.UNAUTHORIZED.of(
          prefix + "cannot delete relationship: actor is not a manager of relation",
          "policy",
          policy.id(),
          "relation",
          relation,
          "actor",
          requester);
    }
    byte[] key = key(target, relation, actor.isEmpty() ? EVERYBODY : checked(actor));
    if (store.get(key) == null) {
      return false;
    }
    store.delete(key);
    return true;
  }

  private void requireRelation(String prefix, Target target, String relation) {
    if (!policy.hasRelation(target.resource, relation)) {
      throw PolicyFault.NOT_FOUND.of(
          prefix + "relation not found in resource",
          "policy",
          policy.id(),
          "resource",
          target.resource,
          "relation",
          relation);
    }
  }

  private boolean isManager(Target target, String owner, String relation, String requester) {
    return policy.relations(target.resource).stream()
        .filter(manager -> policy.manages(target.resource, manager, relation))
        .anyMatch(manager -> has(target, owner, manager, requester));
  }

  private static DefraException setFault(PolicyFault fault, String text, String... context) {
    return fault.of("set relationship failed: " + text, context);
  }

  /** Format u8, milliseconds since 1970 i64, DID. */
  private byte[] record(String did) {
    byte[] bytes = did.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(HEADER_BYTES + bytes.length)
        .put((byte) FORMAT)
        .putLong(clock.millis())
        .put(bytes)
        .array();
  }
}

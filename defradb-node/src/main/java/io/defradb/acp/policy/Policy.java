package io.defradb.acp.policy;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** A valid policy: who it says may do what. Immutable. */
public final class Policy {
  /** The relation that who registers an object gets, and nobody else. */
  public static final String OWNER = Resource.OWNER;

  private static final int CHARACTERS_MAX = 1 << 20;

  private final PolicyDraft draft;
  private final String id;
  private final Map<String, Map<String, Expression>> permissions;

  private Policy(PolicyDraft draft, String id) {
    this.draft = draft;
    this.id = id;
    this.permissions = PolicyRules.check(draft, id);
  }

  /** Gives out the number of the policy that is being made. */
  @FunctionalInterface
  public interface Numbers {
    long next();
  }

  /**
   * Reads a policy. A number is taken once its outline is right, and is used up even if the rest is
   * not.
   *
   * @throws DefraException INVALID_ARGUMENT
   */
  public static Policy read(String text, Numbers numbers) {
    if (text.length() > CHARACTERS_MAX) {
      throw new DefraException(
          ErrorCode.TOO_LARGE, "a policy is too long", "MaxCharacters", CHARACTERS_MAX);
    }
    PolicyDraft draft = PolicyText.read(text);
    PolicyRules.checkOutline(draft);
    return new Policy(draft, draft.id(numbers.next()));
  }

  /** Lower hex. */
  public String id() {
    return id;
  }

  public boolean hasResource(String resource) {
    return draft.resources().containsKey(resource);
  }

  public boolean hasRelation(String resource, String relation) {
    return hasResource(resource) && resource(resource).relations().containsKey(relation);
  }

  /** Whether single actors, and so all of them, can be given the relation. */
  public boolean isForActors(String resource, String relation) {
    return hasRelation(resource, relation)
        && relation(resource, relation).types().contains(draft.actor());
  }

  /** Whether who has {@code manager} may give and take {@code managed}. */
  public boolean manages(String resource, String manager, String managed) {
    return manager.equals(OWNER) || relation(resource, manager).manages().contains(managed);
  }

  /** Of a resource that it has. */
  public Set<String> relations(String resource) {
    return resource(resource).relations().keySet();
  }

  /**
   * Whether an actor has a permission; nobody has one that is not defined.
   *
   * @param hasRelation whether the actor has the relation of that name to the object
   */
  public boolean isGranted(String resource, String permission, Predicate<String> hasRelation) {
    return isGranted(resource, permission, hasRelation, new HashSet<>());
  }

  private boolean isGranted(
      String resource, String permission, Predicate<String> hasRelation, Set<String> asked) {
    Expression expression = permissions.getOrDefault(resource, Map.of()).get(permission);
    if (expression == null || !asked.add(permission)) { // what asks for itself gives nothing
      return false;
    }
    boolean isGranted =
        expression.test(
            name ->
                resource(resource).relations().containsKey(name)
                    ? hasRelation.test(name)
                    : isGranted(resource, name, hasRelation, asked));
    asked.remove(permission);
    return isGranted;
  }

  /**
   * Checks that documents can be protected by {@code resource}: it has all {@code required}
   * permissions, and its owners have them.
   *
   * @throws DefraException INVALID_SCHEMA
   */
  public void requireInterface(String resource, List<String> required) {
    if (!hasResource(resource)) {
      throw new DefraException(
          ErrorCode.INVALID_SCHEMA,
          "resource does not exist on the specified policy",
          "PolicyID",
          id,
          "ResourceName",
          resource);
    }
    for (String permission : required) {
      String expression = resource(resource).permissions().get(permission);
      if (expression == null) {
        throw InterfaceFaults.missing(id, resource, permission);
      }
      InterfaceFaults.requireOwner(permission, expression.replace(" ", ""));
    }
  }

  private Resource resource(String name) {
    Resource resource = draft.resources().get(name);
    if (resource == null) {
      throw new IllegalArgumentException("no resource " + name);
    }
    return resource;
  }

  private Resource.Relation relation(String resource, String name) {
    Resource.Relation relation = resource(resource).relations().get(name);
    if (relation == null) {
      throw new IllegalArgumentException("no relation " + name);
    }
    return relation;
  }
}

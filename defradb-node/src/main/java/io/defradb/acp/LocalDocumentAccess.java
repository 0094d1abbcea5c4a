package io.defradb.acp;

import io.defradb.acp.Relationships.Target;
import io.defradb.acp.policy.Policy;
import io.defradb.document.DocId;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.rule.PolicyCheck;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decides by what is stored. When in doubt the answer is no. */
final class LocalDocumentAccess implements DocumentAccess {
  private static final AccessKeys KEYS = AccessKeys.DOCUMENTS;
  private static final List<String> REQUIRED = List.of("read", "update", "delete");
  private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");
  private static final String LOCAL = "Local";

  private final AccessStore store;
  private final boolean isOffered;
  private final InstantSource clock;
  private final PolicyCache cache;
  private final Map<String, StoredPolicy> policies = new HashMap<>();

  LocalDocumentAccess(
      AccessStore store, boolean isOffered, InstantSource clock, PolicyCache cache) {
    this.store = store;
    this.isOffered = isOffered;
    this.clock = clock;
    this.cache = cache;
  }

  @Override
  public boolean isAllowed(
      Asker asker, Permission permission, CollectionVersion collection, DocId docId) {
    CollectionVersion.Policy link = collection.policy();
    if (link == null || asker.isTrusted()) {
      return true;
    }
    StoredPolicy stored = find(link.id());
    if (stored == null || !stored.policy().hasResource(link.resourceName())) {
      return false;
    }
    var relationships = new Relationships(store, KEYS, stored, clock);
    var target = new Target(link.resourceName(), docId.text());
    String owner = relationships.owner(target);
    if (owner == null) {
      return true;
    }
    if (permission != Permission.READ) {
      return relationships.isGranted(target, owner, name(permission), asker.did());
    }
    return REQUIRED.stream()
        .anyMatch(any -> relationships.isGranted(target, owner, any, asker.did()));
  }

  private static String name(Permission permission) {
    return permission.name().toLowerCase(Locale.ROOT);
  }

  private @Nullable StoredPolicy find(String id) {
    StoredPolicy known = policies.get(id);
    if (known != null || !ID.matcher(id).matches()) {
      return known;
    }
    byte[] record = store.get(KEYS.policy(id));
    if (record == null) {
      return null;
    }
    StoredPolicy found = cache.decode(record);
    policies.put(id, found);
    return found;
  }

  @Override
  public void registerCreated(Asker asker, CollectionVersion collection, DocId docId) {
    CollectionVersion.Policy link = collection.policy();
    if (link == null || asker.isAnonymous()) {
      return;
    }
    StoredPolicy stored = find(link.id());
    if (stored == null) {
      throw new DefraException(ErrorCode.CORRUPT, "the policy of a collection is not stored");
    }
    try {
      new Relationships(store, KEYS, stored, clock)
          .register(new Target(link.resourceName(), docId.text()), asker.did());
    } catch (DefraException fault) {
      Map<String, Object> context = new LinkedHashMap<>();
      context.put("Type", LOCAL);
      context.put("PolicyID", link.id());
      context.put("CreatorID", asker.did());
      context.put("ResourceName", link.resourceName());
      context.put("DocID", docId.text());
      throw new DefraException(
          fault.code(), "failed to register document with acp", context, fault);
    }
  }

  @Override
  public String addPolicy(Asker creator, String text) {
    requireAvailable();
    if (creator.isAnonymous()) {
      throw new DefraException(ErrorCode.INVALID_ARGUMENT, "policy creator can not be empty");
    }
    if (text.isEmpty()) {
      throw new DefraException(ErrorCode.INVALID_ARGUMENT, "policy data can not be empty");
    }
    try {
      Policy policy = Policy.read(text, this::nextNumber);
      byte[] record = StoredPolicy.encode(lastNumber(), clock.instant(), creator.did(), text);
      store.put(KEYS.policy(policy.id()), record);
      return policy.id();
    } catch (DefraException fault) {
      Map<String, Object> context = new LinkedHashMap<>();
      context.put("Type", LOCAL);
      context.put("CreatorID", creator.did());
      throw new DefraException(
          fault.code(),
          "failed to add policy with acp",
          context,
          new DefraException(fault.code(), "CreatePolicy: " + fault.getMessage()));
    }
  }

  private long nextNumber() {
    int next = Math.incrementExact(lastNumber());
    store.put(KEYS.number(), ByteBuffer.allocate(4).putInt(next).array());
    return next;
  }

  private int lastNumber() {
    byte[] stored = store.get(KEYS.number());
    return stored == null ? 0 : ByteBuffer.wrap(stored).getInt();
  }

  @Override
  public void check(String policyId, String resourceName) {
    if (!isOffered) {
      PolicyCheck.NONE.check(policyId, resourceName);
    }
    if (policyId.isEmpty() && resourceName.isEmpty()) {
      throw invalid("missing policy arguments, must have both id and resource");
    }
    if (policyId.isEmpty()) {
      throw invalid("policyID must not be empty");
    }
    if (resourceName.isEmpty()) {
      throw invalid("resource name must not be empty");
    }
    StoredPolicy stored = find(policyId);
    if (stored == null) {
      throw new DefraException(
          ErrorCode.INVALID_SCHEMA,
          "policyID specified does not exist with acp",
          "PolicyID",
          policyId);
    }
    stored.policy().requireInterface(resourceName, REQUIRED);
  }

  private static DefraException invalid(String text) {
    return new DefraException(ErrorCode.INVALID_SCHEMA, text);
  }

  @Override
  public boolean addRelationship(
      Asker requester, CollectionVersion collection, Relationship wanted) {
    return change(
        "add",
        requester,
        collection,
        wanted,
        (relationships, target) ->
            relationships.add(target, wanted.relation(), requester.did(), wanted.actor()));
  }

  @Override
  public boolean removeRelationship(
      Asker requester, CollectionVersion collection, Relationship wanted) {
    return change(
        "delete",
        requester,
        collection,
        wanted,
        (relationships, target) ->
            relationships.remove(target, wanted.relation(), requester.did(), wanted.actor()));
  }

  private interface Change {
    boolean apply(Relationships relationships, Target target);
  }

  private boolean change(
      String verb,
      Asker requester,
      CollectionVersion collection,
      Relationship wanted,
      Change change) {
    requireAvailable();
    CollectionVersion.Policy link = collection.policy();
    if (link == null) {
      throw new DefraException(
          ErrorCode.INVALID_ARGUMENT, "operation requires ACP, but collection has no policy");
    }
    Map<String, Object> context = context(link, requester, wanted);
    if (wanted.docId().isEmpty()
        || wanted.relation().isEmpty()
        || wanted.actor().isEmpty()
        || requester.isAnonymous()) {
      throw new DefraException(
          ErrorCode.INVALID_ARGUMENT,
          "missing a required argument needed to " + verb + " doc actor relationship",
          context,
          null);
    }
    try {
      StoredPolicy stored = find(link.id());
      if (stored == null) {
        throw new DefraException(ErrorCode.CORRUPT, "the policy of a collection is not stored");
      }
      return change.apply(
          new Relationships(store, KEYS, stored, clock),
          new Target(link.resourceName(), wanted.docId()));
    } catch (DefraException fault) {
      Map<String, Object> typed = new LinkedHashMap<>();
      typed.put("Type", LOCAL);
      typed.putAll(context);
      throw new DefraException(
          fault.code(),
          "failed to " + verb + " document actor relationship with acp",
          typed,
          fault);
    }
  }

  private static Map<String, Object> context(
      CollectionVersion.Policy link, Asker requester, Relationship wanted) {
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("PolicyID", link.id());
    context.put("ResourceName", link.resourceName());
    context.put("DocID", wanted.docId());
    context.put("Relation", wanted.relation());
    context.put("RequestActor", requester.did());
    context.put("TargetActor", wanted.actor());
    return context;
  }

  @Override
  public void requireAvailable() {
    if (!isOffered) {
      throw DocumentAccess.notAvailable();
    }
  }
}

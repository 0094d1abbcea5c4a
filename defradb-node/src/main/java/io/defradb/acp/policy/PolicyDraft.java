package io.defradb.acp.policy;

import io.defradb.multiformats.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A policy as read, of which nothing is checked but its form.
 *
 * @param actor what actors are called among the types of relations
 */
record PolicyDraft(String name, String actor, SortedMap<String, Resource> resources) {
  PolicyDraft {
    resources = Collections.unmodifiableSortedMap(new TreeMap<>(resources));
  }

  /**
   * Lower hex of a digest (data-model specification, 15.1). Only names and expressions count, and
   * the {@code number} that the policy has in its store.
   */
  String id(long number) {
    MessageDigest digest = sha256();
    update(digest, name);
    resources.forEach(
        (resourceName, resource) -> {
          update(digest, resourceName);
          resource.relations().keySet().forEach(relation -> update(digest, relation));
          resource
              .permissions()
              .forEach(
                  (permission, expression) -> {
                    update(digest, permission);
                    update(digest, expression);
                  });
        });
    byte[] definition = digest.digest();
    digest.update(definition);
    update(digest, Long.toUnsignedString(number));
    return Bytes.wrap(digest.digest()).toHex();
  }

  private static void update(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

package io.defradb.acp;

import io.defradb.acp.policy.Policy;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The one policy of node access control: an owner and administrators, who may do the same. */
final class NodePolicy {
  static final String RESOURCE = "node";
  static final String OBJECT = "NodeObject";

  private static final int NUMBER = 1;

  private NodePolicy() {}

  static StoredPolicy make() {
    String permissions =
        Arrays.stream(NodeAccess.Permission.values())
            .map(permission -> "\"" + permission.word() + "\":{\"expr\":\"owner + admin\"}")
            .collect(Collectors.joining(","));
    String text =
        "{\"name\":\"Node ACP Policy\",\"resources\":{\""
            + RESOURCE
            + "\":{\"permissions\":{"
            + permissions
            + "},\"relations\":{\"owner\":{\"types\":[\"actor\"]},"
            + "\"admin\":{\"manages\":[\"admin\"],\"types\":[\"actor\"]}}}}}";
    return new StoredPolicy(Policy.read(text, () -> NUMBER), NUMBER);
  }
}

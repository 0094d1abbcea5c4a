package io.defradb.acp.policy;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Why documents can not be protected by a resource. */
final class InterfaceFaults {
  private InterfaceFaults() {}

  static DefraException missing(String policyId, String resource, String permission) {
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("PolicyID", policyId);
    context.put("ResourceName", resource);
    context.put("Permission", permission);
    return new DefraException(
        ErrorCode.INVALID_SCHEMA,
        "resource is missing required permission on policy",
        context,
        null);
  }

  /** {@code expression}: without spaces. The owner, or the owner and others. */
  static void requireOwner(String permission, String expression) {
    if (!expression.startsWith(Resource.OWNER)) {
      throw new DefraException(
          ErrorCode.INVALID_SCHEMA,
          "expr of required permission must start with required relation",
          "Permission",
          permission,
          "Relation",
          Resource.OWNER);
    }
    String rest = expression.substring(Resource.OWNER.length());
    if (!rest.isEmpty() && rest.charAt(0) != '+') {
      Map<String, Object> context = new LinkedHashMap<>();
      context.put("Permission", permission);
      context.put("Relation", Resource.OWNER);
      context.put("Character", rest.charAt(0));
      throw new DefraException(
          ErrorCode.INVALID_SCHEMA,
          "expr of required permission has invalid character after relation",
          context,
          null);
    }
  }
}

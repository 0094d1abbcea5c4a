package io.defradb.acp.policy;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.Map;
import java.util.TreeMap;

/** What a policy must fulfil to be one. The first fault is thrown, INVALID_ARGUMENT. */
final class PolicyRules {
  private static final String ARROW = "->";

  private final PolicyDraft draft;
  private final String id;
  private final Map<String, Map<String, Expression>> permissions = new TreeMap<>();

  private PolicyRules(PolicyDraft draft, String id) {
    this.draft = draft;
    this.id = id;
  }

  /** Rules that are looked at before a policy gets its number. */
  static void checkOutline(PolicyDraft draft) {
    if (draft.name().isEmpty()) {
      throw PolicyFault.BAD_INPUT.of("name is required: policy");
    }
    draft
        .resources()
        .forEach(
            (name, resource) -> {
              if (!resource.relations().containsKey(Resource.OWNER)) {
                throw PolicyFault.BAD_INPUT.of(
                    ": resource missing owner relation: policy", "resource", name);
              }
            });
  }

  /** All others. Answers the expressions of all permissions, by resource. */
  static Map<String, Map<String, Expression>> check(PolicyDraft draft, String id) {
    var rules = new PolicyRules(draft, id);
    draft.resources().forEach(rules::managedExist);
    draft.resources().forEach(rules::namesDiffer);
    if (draft.resources().containsKey(draft.actor())) {
      throw rules.fault("resource " + draft.actor() + ": duplicate definition");
    }
    draft.resources().forEach(rules::typesExist);
    draft.resources().forEach(rules::expressionsHold);
    return rules.permissions;
  }

  private void managedExist(String name, Resource resource) {
    resource
        .relations()
        .forEach(
            (relationName, relation) -> {
              for (String managed : relation.manages()) {
                if (!resource.relations().containsKey(managed)) {
                  throw new DefraException(
                      ErrorCode.INVALID_ARGUMENT,
                      PolicyFault.BAD_INPUT.text(
                              "invalid relation managament definition: %w: policy")
                          + (": edge defined from " + name + "/" + relationName)
                          + (" to " + name + "/" + managed)
                          + (": " + name + "/" + managed + " not found"));
                }
              }
            });
  }

  private void namesDiffer(String name, Resource resource) {
    for (String permission : resource.permissions().keySet()) {
      if (resource.relations().containsKey(permission)) {
        throw fault("resource " + name + ": relation " + permission + ": duplicate definition");
      }
    }
  }

  private void typesExist(String name, Resource resource) {
    resource
        .relations()
        .forEach(
            (relationName, relation) -> {
              for (String type : relation.types()) {
                String problem = typeProblem(type);
                if (!problem.isEmpty()) {
                  throw fault(
                      "subject restriction: resource "
                          + name
                          + ", relation "
                          + relationName
                          + ": "
                          + problem);
                }
              }
            });
  }

  private String typeProblem(String type) {
    int arrow = type.indexOf(ARROW);
    String resourceName = arrow < 0 ? type : type.substring(0, arrow);
    String relationName = arrow < 0 ? "" : type.substring(arrow + ARROW.length());
    Resource resource = draft.resources().get(resourceName);
    if (relationName.isEmpty()) {
      boolean isThere = resource != null || resourceName.equals(draft.actor());
      return isThere ? "" : "no resource " + resourceName;
    }
    return resource != null && isDefined(resource, relationName)
        ? ""
        : "no relation " + relationName + " for resource " + resourceName;
  }

  private static boolean isDefined(Resource resource, String name) {
    return resource.relations().containsKey(name) || resource.permissions().containsKey(name);
  }

  private void expressionsHold(String name, Resource resource) {
    Map<String, Expression> parsed = new TreeMap<>();
    resource
        .permissions()
        .forEach(
            (permission, text) -> parsed.put(permission, parse(name, resource, permission, text)));
    permissions.put(name, parsed);
  }

  private Expression parse(String name, Resource resource, String permission, String text) {
    String where = "resoruce " + name + ": relation " + permission + ": ";
    Expression expression;
    try {
      expression = ExpressionParser.parse(text);
    } catch (DefraException fault) {
      throw fault(where + "expression tree: relation " + permission + ": " + fault.text());
    }
    expression.leaves().forEach(leaf -> namesKnown(name, resource, where, leaf));
    return expression;
  }

  private void namesKnown(String name, Resource resource, String where, Expression leaf) {
    String named = "";
    if (leaf instanceof Expression.Named one) {
      named = one.name();
    } else if (leaf instanceof Expression.Arrow arrow) {
      named = arrow.relation();
    }
    if (!named.isEmpty() && !isDefined(resource, named)) {
      throw fault(
          where
              + ("rule " + leaf.text())
              + (": resource " + name + " missing relation " + named)
              + ": relation expression tree");
    }
  }

  private DefraException fault(String text) {
    return new DefraException(
        ErrorCode.INVALID_ARGUMENT, "create policy: policy " + id + ": " + text);
  }
}

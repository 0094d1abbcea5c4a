package io.defradb.graphql.parse;

import io.defradb.document.Value;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.request.Filter;
import io.defradb.request.Filter.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the operators on one value. */
final class ConditionParser {
  static final Set<String> QUANTIFIERS = Set.of("_any", "_all", "_none");
  static final Set<String> COMPARISONS =
      Set.of(
          "_eq", "_ne", "_gt", "_ge", "_lt", "_le", "_in", "_nin", "_like", "_nlike", "_ilike",
          "_nilike");

  private static final Set<String> ORDERED = Set.of("_gt", "_ge", "_lt", "_le");

  private ConditionParser() {}

  /** A block of operators; null alone asks for what is unset. */
  static Condition block(Given given) {
    if (given.isNull()) {
      return Condition.UNSET;
    }
    var parts = new ArrayList<Condition>();
    given.members().forEach((name, operand) -> parts.add(operator(name, operand)));
    return all(parts);
  }

  private static Condition operator(String name, Given operand) {
    if (QUANTIFIERS.contains(name)) {
      return new Condition.Elements(name, block(operand));
    }
    return switch (name) {
      case "_and" -> all(each(operand));
      case "_or" -> operand.isNull() ? all(List.of()) : new Condition.Any(each(operand));
      default -> compare(name, operand);
    };
  }

  private static List<Condition> each(Given list) {
    return list.items().stream().map(ConditionParser::block).toList();
  }

  static Condition all(List<Condition> parts) {
    return parts.size() == 1 ? parts.get(0) : new Condition.All(parts);
  }

  private static Condition compare(String operator, Given operand) {
    boolean isSet = operator.equals("_in") || operator.equals("_nin");
    Value value =
        isSet && !operand.isNull()
            ? new Value.Items(operand.items().stream().map(Given::value).toList())
            : operand.value();
    return new Condition.Compare(operator, value);
  }

  /** Operators on a JSON value or on an alias, where no type has checked them. */
  static Condition untyped(Given given) {
    if (!given.isObject()) {
      return equal(given);
    }
    var parts = new ArrayList<Condition>();
    given.members().forEach((name, operand) -> parts.add(untyped(name, operand)));
    return all(parts);
  }

  private static Condition equal(Given given) {
    return given.isNull() ? Condition.UNSET : new Condition.Compare("_eq", given.value());
  }

  static Condition untyped(String name, Given operand) {
    if (QUANTIFIERS.contains(name)) {
      return new Condition.Elements(name, untyped(operand));
    }
    if (!COMPARISONS.contains(name)) {
      throw RequestFault.of("unknown operator", "Operator", name);
    }
    if (ORDERED.contains(name)) {
      checkOrdered(operand.value());
    }
    return compare(name, operand);
  }

  /** Inside JSON only numbers and null have an order. */
  private static void checkOrdered(Value operand) {
    String actual =
        switch (operand.type()) {
          case NULL, INT, FLOAT64, FLOAT32 -> "";
          case BOOL -> "bool";
          case TEXT -> "string";
          case LIST -> "[]interface {}";
          case MAP -> "map[string]interface {}";
        };
    if (!actual.isEmpty()) {
      throw new DefraException(
          ErrorCode.INVALID_REQUEST, "unexpected type", "Property", "condition", "Actual", actual);
    }
  }

  /** Conditions on a JSON field: operators at any depth, every other key goes deeper. */
  static Filter json(String field, List<String> path, Given given) {
    if (!given.isObject()) {
      return new Filter.OnField(field, path, equal(given));
    }
    var parts = new ArrayList<Filter>();
    for (Map.Entry<String, Given> member : given.members().entrySet()) {
      parts.add(json(field, path, member.getKey(), member.getValue()));
    }
    return parts.size() == 1 ? parts.get(0) : new Filter.And(parts);
  }

  private static Filter json(String field, List<String> path, String key, Given given) {
    switch (key) {
      case "_and":
        return new Filter.And(given.items().stream().map(it -> json(field, path, it)).toList());
      case "_or":
        return new Filter.Or(given.items().stream().map(it -> json(field, path, it)).toList());
      case "_not":
        return new Filter.Not(json(field, path, given));
      default:
        break;
    }
    if (COMPARISONS.contains(key) || QUANTIFIERS.contains(key) || key.startsWith("_")) {
      return new Filter.OnField(field, path, untyped(key, given));
    }
    var deeper = new ArrayList<>(path);
    deeper.add(key);
    return json(field, deeper, given);
  }
}

package io.defradb.query.filter;

import io.defradb.document.FieldKind;
import io.defradb.document.Value;
import java.util.TreeSet;

/** {@code _in}: equal to a member of the list, which may hold null. Looked up in a sorted set. */
final class InOperator implements FilterOperator {
  @Override
  public String name() {
    return "_in";
  }

  @Override
  public boolean isFor(FieldKind kind) {
    return !kind.isArray();
  }

  @Override
  public ValueTest prepare(FieldKind kind, Value operand) {
    if (operand.isNull()) {
      return FilterOperators.untestable();
    }
    var members = new TreeSet<Value>(ValueOrder.of(kind));
    if (operand instanceof Value.Items items) {
      members.addAll(items.values());
    } else {
      members.add(operand);
    }
    return members::contains;
  }
}

package io.defradb.query.filter;

import io.defradb.document.FieldKind;
import io.defradb.document.Value;
import io.defradb.document.ValueCbor;
import io.defradb.request.Filter.Condition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes tests of values out of written conditions. */
public final class FieldTests {
  private FieldTests() {}

  /** {@code kind}: of the field or element that is tested. */
  public static ValueTest of(FieldKind kind, Condition condition) {
    if (condition instanceof Condition.Compare compare) {
      return FilterOperators.byName(compare.operator()).prepare(kind, stored(kind, compare));
    }
    if (condition instanceof Condition.Elements elements) {
      FieldKind elementKind = kind.element() == null ? kind : kind.element();
      return FilterOperators.quantifier(elements.quantifier())
          .over(of(elementKind, elements.element()));
    }
    if (condition instanceof Condition.All all) {
      return conjunction(each(kind, all.parts()));
    }
    if (condition instanceof Condition.Any any) {
      List<ValueTest> tests = each(kind, any.parts());
      return value -> isAnyMatching(tests, value);
    }
    ValueTest negated = of(kind, ((Condition.None) condition).part());
    return value -> !negated.matches(value);
  }

  /** The operand as a document would hold it: whoever asks for what was written finds it. */
  private static Value stored(FieldKind kind, Condition.Compare compare) {
    Value operand = compare.operand();
    if (kind != FieldKind.DATE_TIME) {
      return operand;
    }
    if (operand instanceof Value.Items items) {
      return new Value.Items(
          items.values().stream()
              .map(item -> ValueCbor.isWrittenAsNull(kind, item) ? Value.NULL : item)
              .toList());
    }
    return ValueCbor.isWrittenAsNull(kind, operand) ? Value.NULL : operand;
  }

  /**
   * The value at {@code path} inside a JSON value: null where a key is missing or nothing is set;
   * Java null below what is no object, where no condition matches.
   */
  public static @Nullable Value at(Value value, List<String> path) {
    Value current = value;
    for (String key : path) {
      if (current.isNull()) {
        return Value.NULL;
      }
      if (!(current instanceof Value.Fields fields)) {
        return null;
      }
      Value member = fields.values().get(key);
      current = member == null ? Value.NULL : member;
    }
    return current;
  }

  private static List<ValueTest> each(FieldKind kind, List<Condition> parts) {
    var tests = new ArrayList<ValueTest>(parts.size());
    for (Condition part : parts) {
      tests.add(of(kind, part));
    }
    return tests;
  }

  private static ValueTest conjunction(List<ValueTest> tests) {
    if (tests.isEmpty()) {
      return ValueTest.EVERYTHING;
    }
    if (tests.size() == 1) {
      return tests.get(0);
    }
    return value -> {
      for (ValueTest test : tests) {
        if (!test.matches(value)) {
          return false;
        }
      }
      return true;
    };
  }

  private static boolean isAnyMatching(List<ValueTest> tests, Value value) {
    for (ValueTest test : tests) {
      if (test.matches(value)) {
        return true;
      }
    }
    return false;
  }
}

package io.defradb.query.filter;

import io.defradb.document.DateTimes;
import io.defradb.document.FieldKind;
import io.defradb.document.Value;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The order of values in sorting, in comparisons and for equality: null before everything, false
 * before true, numbers across their kinds, texts by the order of their UTF-8 bytes. Values of
 * different types (they meet only in JSON) stand in the order booleans, numbers, texts, lists,
 * objects, so that every sort is deterministic.
 */
public final class ValueOrder implements Comparator<Value> {
  /** Texts are texts. */
  public static final ValueOrder PLAIN = new ValueOrder(false);

  /** Texts are DateTimes and compare by instant. */
  public static final ValueOrder DATE_TIME = new ValueOrder(true);

  private static final int BEFORE = -1;

  private final boolean isDateTime;

  private ValueOrder(boolean isDateTime) {
    this.isDateTime = isDateTime;
  }

  public static ValueOrder of(FieldKind kind) {
    return kind == FieldKind.DATE_TIME ? DATE_TIME : PLAIN;
  }

  @Override
  public int compare(Value a, Value b) {
    int rankA = rank(a);
    int rankB = rank(b);
    if (rankA != rankB) {
      return Integer.compare(rankA, rankB);
    }
    return switch (a.type()) {
      case NULL -> 0;
      case BOOL -> Boolean.compare(((Value.Bool) a).value(), ((Value.Bool) b).value());
      case INT, FLOAT64, FLOAT32 -> compareNumbers(a, b);
      case TEXT -> compareTexts(((Value.Text) a).value(), ((Value.Text) b).value());
      case LIST -> compareLists(((Value.Items) a).values(), ((Value.Items) b).values());
      case MAP -> compareMaps((Value.Fields) a, (Value.Fields) b);
    };
  }

  /** True when both are the same to a filter. */
  public boolean areEqual(Value a, Value b) {
    return compare(a, b) == 0;
  }

  private static int rank(Value value) {
    return switch (value.type()) {
      case NULL -> 0;
      case BOOL -> 1;
      case INT, FLOAT64, FLOAT32 -> 2;
      case TEXT -> 3;
      case LIST -> 4;
      case MAP -> 5;
    };
  }

  private static int compareNumbers(Value a, Value b) {
    if (a instanceof Value.Int x && b instanceof Value.Int y) {
      return Long.compare(x.value(), y.value());
    }
    if (a instanceof Value.Float32 || b instanceof Value.Float32) {
      // 1.1 written as a double must meet the 1.1 that is stored as a single.
      return Float.compare(
          positiveZero((float) Numbers.toDouble(a)), positiveZero((float) Numbers.toDouble(b)));
    }
    return Double.compare(Numbers.toDouble(a) + 0.0, Numbers.toDouble(b) + 0.0);
  }

  private static float positiveZero(float number) {
    return number + 0.0f;
  }

  private int compareTexts(String a, String b) {
    return isDateTime ? DateTimes.compare(a, b) : compareUtf8(a, b);
  }

  /** The order of the UTF-8 bytes, which differs from UTF-16 only above the surrogates. */
  public static int compareUtf8(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    for (int i = 0; i < shorter; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean isSurrogateX = Character.isSurrogate(x);
        if (isSurrogateX == Character.isSurrogate(y)) {
          return Character.compare(x, y);
        }
        return isSurrogateX ? 1 : BEFORE;
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  private int compareLists(List<Value> a, List<Value> b) {
    int shorter = Math.min(a.size(), b.size());
    for (int i = 0; i < shorter; i++) {
      int order = compare(a.get(i), b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private int compareMaps(Value.Fields a, Value.Fields b) {
    Iterator<Map.Entry<String, Value>> others = b.values().entrySet().iterator();
    for (Map.Entry<String, Value> member : a.values().entrySet()) {
      if (!others.hasNext()) {
        return 1;
      }
      Map.Entry<String, Value> other = others.next();
      int order = compareUtf8(member.getKey(), other.getKey());
      if (order == 0) {
        order = compare(member.getValue(), other.getValue());
      }
      if (order != 0) {
        return order;
      }
    }
    return others.hasNext() ? BEFORE : 0;
  }
}

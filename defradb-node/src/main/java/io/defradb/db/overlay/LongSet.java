package io.defradb.db.overlay;

import java.util.Arrays;
import java.util.function.LongPredicate;

/** A set of numbers without boxes. For one thread. */
public final class LongSet {
  private long[] table = new long[32];
  private int size;
  private boolean hasZero;

  public void add(long number) {
    if (number == 0) {
      hasZero = true;
      return;
    }
    if (2 * (size + 1) > table.length) {
      grow();
    }
    int at = place(table, number);
    if (table[at] == 0) {
      table[at] = number;
      size++;
    }
  }

  public boolean isAny(LongPredicate test) {
    if (hasZero && test.test(0)) {
      return true;
    }
    for (long number : table) {
      if (number != 0 && test.test(number)) {
        return true;
      }
    }
    return false;
  }

  public boolean contains(long number) {
    return number == 0 ? hasZero : table[place(table, number)] == number;
  }

  public int size() {
    return size + (hasZero ? 1 : 0);
  }

  private void grow() {
    long[] larger = new long[table.length * 2];
    Arrays.stream(table)
        .filter(number -> number != 0)
        .forEach(number -> larger[place(larger, number)] = number);
    table = larger;
  }

  private static int place(long[] table, long number) {
    int mask = table.length - 1;
    int at = (int) (number ^ number >>> 32) & mask;
    while (table[at] != 0 && table[at] != number) {
      at = at + 1 & mask;
    }
    return at;
  }
}

package io.defradb.query.filter;

import io.defradb.document.FieldKind;
import io.defradb.document.Value;
import java.util.Locale;

/**
 * {@code _like} and {@code _ilike}: {@code %} stands for any text at the two ends, or once in the
 * middle; everything else is literal, {@code _} too. {@code %} alone matches only {@code %}.
 */
final class LikeOperator implements FilterOperator {
  private static final char WILDCARD = '%';

  private final String name;
  private final boolean isCaseIgnored;

  LikeOperator(String name, boolean isCaseIgnored) {
    this.name = name;
    this.isCaseIgnored = isCaseIgnored;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isFor(FieldKind kind) {
    return kind == FieldKind.STRING || kind == FieldKind.BLOB || kind == FieldKind.JSON;
  }

  @Override
  public ValueTest prepare(FieldKind kind, Value operand) {
    if (operand.isNull()) {
      return FilterOperators.untestable();
    }
    if (!(operand instanceof Value.Text text)) {
      return value -> false;
    }
    TextTest test = textTest(fold(text.value()));
    return value -> value instanceof Value.Text it && test.matches(fold(it.value()));
  }

  private String fold(String text) {
    return isCaseIgnored ? text.toLowerCase(Locale.ROOT) : text;
  }

  private static TextTest textTest(String pattern) {
    int length = pattern.length();
    if (length < 2) {
      return pattern::equals;
    }
    boolean isOpenBefore = pattern.charAt(0) == WILDCARD;
    boolean isOpenAfter = pattern.charAt(length - 1) == WILDCARD;
    if (isOpenBefore && isOpenAfter) {
      String part = pattern.substring(1, length - 1);
      return text -> text.contains(part);
    }
    if (isOpenBefore) {
      String end = pattern.substring(1);
      return text -> text.endsWith(end);
    }
    if (isOpenAfter) {
      String start = pattern.substring(0, length - 1);
      return text -> text.startsWith(start);
    }
    int middle = pattern.indexOf(WILDCARD);
    if (middle < 0 || middle != pattern.lastIndexOf(WILDCARD)) {
      return pattern::equals;
    }
    String start = pattern.substring(0, middle);
    String end = pattern.substring(middle + 1);
    return text ->
        text.length() >= start.length() + end.length()
            && text.startsWith(start)
            && text.endsWith(end);
  }

  @FunctionalInterface
  private interface TextTest {
    boolean matches(String text);
  }
}

package io.defradb.graphql.validation;

import java.util.ArrayList;
import java.util.List;

/** Collects messages up to a bound. */
final class Messages {
  private static final int COUNT_MAX = 100;

  private final List<String> texts = new ArrayList<>();

  void add(String text) {
    if (texts.size() < COUNT_MAX) {
      texts.add(text);
    }
  }

  List<String> texts() {
    return List.copyOf(texts);
  }
}

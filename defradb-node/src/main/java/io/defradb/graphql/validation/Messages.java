package io.defradb.graphql.validation;

import java.util.ArrayList;
import java.util.List;

/** Collects messages up to a bound; long ones, which repeat what was written, are cut. */
final class Messages {
  private static final int COUNT_MAX = 100;
  private static final int CHARS_MAX = 8_000;

  private final List<String> texts = new ArrayList<>();

  void add(String text) {
    if (texts.size() < COUNT_MAX) {
      texts.add(text.length() > CHARS_MAX ? text.substring(0, CHARS_MAX) + "…" : text);
    }
  }

  List<String> texts() {
    return List.copyOf(texts);
  }
}

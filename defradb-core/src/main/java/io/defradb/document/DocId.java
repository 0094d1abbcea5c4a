package io.defradb.document;

/**
 * The identity of a document, {@code bae-} and a UUID: its text. Two documents of one collection
 * with the same first content have the same DocID (data-model specification, section 3). Ordered by
 * text.
 *
 * <p>The record holds any text: a request may name a document that cannot exist. {@link DocIds}
 * parses and derives.
 */
public record DocId(String text) implements Comparable<DocId> {
  @Override
  public int compareTo(DocId other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}

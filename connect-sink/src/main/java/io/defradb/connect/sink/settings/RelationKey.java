package io.defradb.connect.sink.settings;

/**
 * A record's field that holds the key of another document: {@code customer_no:customer.id} reads
 * the value of {@code customer_no} as the field {@code id} of the document that the relation {@code
 * customer} leads to.
 */
public record RelationKey(String recordField, String relation, String keyField) {

  /** Throws {@code IllegalArgumentException} with a clause for users. */
  public static RelationKey parse(String text) {
    int colon = text.indexOf(':');
    int dot = text.indexOf('.', colon);
    if (colon < 1 || dot < colon + 2 || dot == text.length() - 1) {
      throw new IllegalArgumentException("must be <record field>:<relation>.<key field>: " + text);
    }
    return new RelationKey(
        text.substring(0, colon), text.substring(colon + 1, dot), text.substring(dot + 1));
  }
}

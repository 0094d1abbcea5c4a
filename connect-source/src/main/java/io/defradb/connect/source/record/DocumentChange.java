package io.defradb.connect.source.record;

import io.defradb.client.Change;
import java.util.List;
import org.apache.kafka.connect.data.Struct;

/**
 * What one transaction did to one document: its first entry has the image before, its last the
 * image after.
 *
 * @param op {@code c}, {@code u} or {@code d}; {@link #LATE}; {@link #SCHEMA}
 * @param order counts the changes of one lane in the transaction, from 1
 * @param conflicts values that met in it
 */
public record DocumentChange(
    String op,
    Change<Struct> first,
    Change<Struct> last,
    int order,
    List<Change.FieldConflict> conflicts) {
  /** An update of a deleted document: no event, but what it wrote is lost. */
  public static final String LATE = "late";

  /** Not of a document: there is a new version of the collection. */
  public static final String SCHEMA = "schema";

  public DocumentChange {
    conflicts = List.copyOf(conflicts);
  }

  public DocumentChange(String op, Change<Struct> first, Change<Struct> last, int order) {
    this(op, first, last, order, last.conflicts());
  }
}

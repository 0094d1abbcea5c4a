package io.defradb.connect.source.stream;

import io.defradb.client.Change;
import io.defradb.client.Change.FieldConflict;
import io.defradb.connect.source.metrics.StreamingMetrics;
import io.defradb.connect.source.offset.Lane;
import io.defradb.connect.source.offset.LaneOffset;
import io.defradb.connect.source.record.ConflictEvents;
import io.defradb.connect.source.record.DocumentChange;
import io.defradb.connect.source.record.SchemaChangeEvents;
import io.defradb.connect.source.settings.SourceSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;

/** What a change says on other topics than its collection's. For one thread. */
public final class SideEvents {
  private final SourceSettings settings;
  private final ConflictEvents conflicts;
  private final SchemaChangeEvents schemas;
  private final StreamingMetrics metrics;
  private final Map<String, String> told = new HashMap<>();

  public SideEvents(SourceSettings settings, SchemaChangeEvents schemas, StreamingMetrics metrics) {
    this.settings = settings;
    this.conflicts = new ConflictEvents(settings);
    this.schemas = schemas;
    this.metrics = metrics;
  }

  /**
   * Adds the change's records, if there are any.
   *
   * @param reached what all but the last carry
   * @param after what the last one carries
   */
  boolean add(
      Lane lane,
      String feedId,
      DocumentChange change,
      LaneOffset reached,
      LaneOffset after,
      List<SourceRecord> records) {
    Change<?> entry = change.last();
    if (change.op().equals(DocumentChange.SCHEMA)) {
      String version = entry.schemaVersionId();
      if (version.equals(told.put(entry.collection(), version))) {
        return false; // something else of it changed, such as an index
      }
      records.add(schemas.record(lane, feedId, entry, after.toMap()));
      return true;
    }
    if (!settings.areConflictsTold()) {
      return false;
    }
    int left = change.conflicts().size();
    for (FieldConflict conflict : change.conflicts()) {
      left--;
      if (settings.filter().hasField(entry.collection(), conflict.field())) {
        LaneOffset offset = left == 0 ? after : reached;
        records.add(conflicts.record(lane, feedId, entry, conflict, offset.toMap()));
        metrics.conflict();
      }
    }
    return left == 0 && !change.conflicts().isEmpty();
  }
}

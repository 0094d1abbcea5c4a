package io.defradb.replication.replicator;

import io.defradb.replication.pushlog.PushLog;
import java.util.List;

/**
 * What is pushed together: the heads of one document, or of a collection's own chain.
 *
 * @param name the DocID's text, or the collection ID's
 * @param stages see {@link HistoryStages}; whether they arrive is of no consequence
 * @param logs pushed one after the other
 */
record Parcel(String name, List<PushLog> stages, List<PushLog> logs) {
  Parcel {
    stages = List.copyOf(stages);
    logs = List.copyOf(logs);
  }

  Parcel withoutStages() {
    return new Parcel(name, List.of(), logs);
  }
}

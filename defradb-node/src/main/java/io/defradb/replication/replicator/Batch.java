package io.defradb.replication.replicator;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a replicator pushes next.
 *
 * @param parcels may be empty, when nothing of what was looked at concerns the peer
 * @param progress what the state is once every parcel is acknowledged or owed
 */
record Batch(List<Parcel> parcels, UnaryOperator<ReplicatorState> progress) {
  Batch {
    parcels = List.copyOf(parcels);
  }

  /** Of them those whose push takes so long that it is done beside the rest. */
  List<Parcel> longOnes() {
    return parcels.stream().filter(Parcel::isLong).toList();
  }

  List<Parcel> others() {
    return parcels.stream().filter(parcel -> !parcel.isLong()).toList();
  }
}

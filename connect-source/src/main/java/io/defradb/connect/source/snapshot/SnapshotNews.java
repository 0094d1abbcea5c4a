package io.defradb.connect.source.snapshot;

import static io.defradb.connect.source.notification.Notification.INCREMENTAL_SNAPSHOT;
import static io.defradb.connect.source.notification.Notification.INITIAL_SNAPSHOT;

import io.defradb.connect.source.metrics.SnapshotMetrics;
import io.defradb.connect.source.notification.Notifications;
import io.defradb.connect.source.offset.Lane;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is told and counted of snapshots, in one place. For the task's thread. */
public final class SnapshotNews {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotNews.class);
  private static final String NONE = "<none>";

  private final Notifications notifications;
  private final SnapshotMetrics metrics;
  private String incrementalId = NONE;
  private String initialId = NONE;

  public SnapshotNews(Notifications notifications, SnapshotMetrics metrics) {
    this.notifications = notifications;
    this.metrics = metrics;
  }

  /** {@code id}: tells this snapshot from others. */
  public void initialStarted(String id, Collection<Lane> lanes) {
    LOG.info("The snapshot of {} begins", names(lanes));
    initialId = id;
    metrics.began(lanes.size());
    notifications.tell(id, INITIAL_SNAPSHOT, "STARTED", Map.of("data_collections", names(lanes)));
  }

  public void initialSkipped(String id) {
    metrics.skipped();
    notifications.tell(id, INITIAL_SNAPSHOT, "SKIPPED", Map.of());
  }

  public void initialInProgress(Lane lane) {
    notifications.tell(
        initialId,
        INITIAL_SNAPSHOT,
        "IN_PROGRESS",
        Map.of("current_collection_in_progress", lane.collection(), "shard", shard(lane)));
  }

  /** {@code isAll}: no other is left. */
  public void initialDone(Lane lane, boolean isAll) {
    LOG.info("The snapshot of {} is complete", lane);
    metrics.laneDone();
    notifications.tell(initialId, INITIAL_SNAPSHOT, "TABLE_SCAN_COMPLETED", scanned(lane));
    if (isAll) {
      notifications.tell(initialId, INITIAL_SNAPSHOT, "COMPLETED", Map.of());
    }
  }

  public void initialAborted() {
    metrics.aborted();
    notifications.tell(initialId, INITIAL_SNAPSHOT, "ABORTED", Map.of());
  }

  void incrementalStarted(String id, Collection<Lane> lanes) {
    LOG.info("An incremental snapshot of {} is asked for by signal {}", names(lanes), id);
    incrementalId = id.isEmpty() ? NONE : id;
    metrics.began(lanes.size());
    notifications.tell(
        incrementalId, INCREMENTAL_SNAPSHOT, "STARTED", Map.of("data_collections", names(lanes)));
  }

  void incrementalResumed(Lane lane, String lastDocId) {
    LOG.info("Going on with the incremental snapshot of {} after {}", lane, lastDocId);
    metrics.resumed();
    notifications.tell(
        incrementalId,
        INCREMENTAL_SNAPSHOT,
        "RESUMED",
        Map.of("data_collections", lane.collection(), "last_processed_key", lastDocId));
  }

  void incrementalStopped(Collection<Lane> lanes) {
    LOG.info("Incremental snapshots of {} are stopped", names(lanes));
    metrics.aborted();
    notifications.tell(
        incrementalId, INCREMENTAL_SNAPSHOT, "ABORTED", Map.of("data_collections", names(lanes)));
  }

  void paused() {
    metrics.paused(true);
    notifications.tell(incrementalId, INCREMENTAL_SNAPSHOT, "PAUSED", Map.of());
  }

  void resumed() {
    metrics.paused(false);
    notifications.tell(incrementalId, INCREMENTAL_SNAPSHOT, "RESUMED", Map.of());
  }

  void read(Lane lane, String docId) {
    metrics.read(lane.collection(), docId);
  }

  void chunkRead(Lane lane, String lastDocId) {
    metrics.chunkRead(lastDocId);
    notifications.tell(
        incrementalId,
        INCREMENTAL_SNAPSHOT,
        "IN_PROGRESS",
        Map.of(
            "current_collection_in_progress",
            lane.collection(),
            "last_processed_key",
            lastDocId,
            "shard",
            shard(lane)));
  }

  void incrementalDone(Lane lane, boolean isAll) {
    LOG.info("The incremental snapshot of {} is complete", lane);
    metrics.laneDone();
    notifications.tell(incrementalId, INCREMENTAL_SNAPSHOT, "TABLE_SCAN_COMPLETED", scanned(lane));
    if (isAll) {
      notifications.tell(incrementalId, INCREMENTAL_SNAPSHOT, "COMPLETED", Map.of());
    }
  }

  private Map<String, String> scanned(Lane lane) {
    return Map.of(
        "scanned_collection",
        lane.collection(),
        "shard",
        shard(lane),
        "total_rows_scanned",
        String.valueOf(metrics.rows(lane.collection())),
        "status",
        "SUCCEEDED");
  }

  private static String shard(Lane lane) {
    return lane.shard() + "/" + lane.shards();
  }

  private static String names(Collection<Lane> lanes) {
    return lanes.stream().map(Lane::collection).distinct().collect(Collectors.joining(","));
  }
}

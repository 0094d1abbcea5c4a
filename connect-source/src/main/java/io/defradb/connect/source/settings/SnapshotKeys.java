package io.defradb.connect.source.settings;

import io.defradb.connect.source.settings.SourceSettings.SnapshotMode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The keys that say where reading begins. */
final class SnapshotKeys {
  static final String MODE = "snapshot.mode";
  static final String SINCE = "snapshot.since.seq";
  private static final String INCLUDED = "snapshot.include.collection.list";
  private static final String DELAY = "snapshot.delay.ms";
  private static final String THREADS = "snapshot.max.threads";
  private static final String SNAPSHOTS = "Snapshots";
  private static final long NOWHERE = -1;

  private SnapshotKeys() {}

  static void define(ConfigDef def) {
    def.define(
        MODE,
        Type.STRING,
        "initial",
        Words.of("initial", "always", "initial_only", "no_data", "when_needed", "since"),
        Importance.HIGH,
        "initial: existing documents first, once; always: at every start; initial_only: and then no"
            + " more; no_data: only what is committed from now on; when_needed: as initial, and"
            + " again when the node's feed no longer has what comes next; since: only what was committed"
            + " after snapshot.since.seq.",
        SNAPSHOTS,
        1,
        Width.SHORT,
        "Snapshot mode");
    def.define(
        SINCE,
        Type.LONG,
        NOWHERE,
        Range.atLeast(NOWHERE),
        Importance.LOW,
        "With snapshot.mode=since, the last number of the node's log that is not read, for lanes"
            + " without an offset; 0: the whole log. The node tells its numbers at /changes/info.",
        SNAPSHOTS,
        2,
        Width.SHORT,
        "Begin after");
    def.define(
        INCLUDED,
        Type.LIST,
        "",
        LambdaValidator.with(Regexes::check, () -> "names or regular expressions"),
        Importance.MEDIUM,
        "Collections whose existing documents a snapshot reads: names, or regular expressions that"
            + " match whole names; empty: all that are read. Of the others only what is committed"
            + " from now on is sent.",
        SNAPSHOTS,
        3,
        Width.LONG,
        "Collections in snapshots");
    def.define(
        DELAY,
        Type.LONG,
        0L,
        Range.between(0, 86_400_000),
        Importance.LOW,
        "Milliseconds that a task waits before its snapshot, such as until a cluster's other"
            + " connectors have started. Nothing is missed: the stream begins where the snapshot"
            + " was taken.",
        SNAPSHOTS,
        4,
        Width.SHORT,
        "Delay");
    def.define(
        THREADS,
        Type.INT,
        1,
        Range.between(1, 64),
        Importance.MEDIUM,
        "Collections, or shards of them, whose existing documents a task reads side by side; each"
            + " holds a batch in memory. 1: one after the other.",
        SNAPSHOTS,
        5,
        Width.SHORT,
        "Threads");
  }

  static SnapshotStart start(AbstractConfig config) {
    return new SnapshotStart(
        SnapshotMode.valueOf(config.getString(MODE).toUpperCase(Locale.ROOT)),
        config.getLong(SINCE),
        new CollectionChoice(config.getList(INCLUDED), List.of()),
        Duration.ofMillis(config.getLong(DELAY)),
        config.getInt(THREADS));
  }

  /** What is wrong with two keys together. */
  static void check(Config config, Map<String, String> given) {
    String mode = given.getOrDefault(MODE, "initial").strip();
    boolean isSince = mode.equalsIgnoreCase("since");
    boolean isGiven = !given.getOrDefault(SINCE, String.valueOf(NOWHERE)).strip().startsWith("-");
    if (isSince && !isGiven) {
      SourceValidation.fault(config, SINCE, "must be given when " + MODE + " is since");
    }
    if (!isSince && isGiven) {
      SourceValidation.fault(config, SINCE, "is of use only when " + MODE + " is since");
    }
    boolean areCommits = "commit".equalsIgnoreCase(given.get(EventKeys.OUTPUT_FORMAT));
    if (areCommits && mode.equalsIgnoreCase("initial_only")) {
      SourceValidation.fault(
          config, MODE, "is initial_only, but commits are read from the feed, which has no end");
    }
  }
}

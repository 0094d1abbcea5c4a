package io.defradb.benchmarks.node;

import java.util.List;

/**
 * One thing that is measured.
 *
 * @param unit of its value; operations and documents a second are better when higher, all other
 *     units when lower
 * @param must how many times better than the other node it has to be; 0: it is shown only
 * @param goal how many times better it is meant to be
 */
record Case(String name, String unit, double must, double goal) {

  /** All cases, in the order of the table. */
  static final List<Case> ALL =
      List.of(
          new Case("startup.fresh", "ms", 0.4, 0.8),
          new Case("memory.idle_empty_rss", "MB", 0.7, 1),
          new Case("startup.shutdown", "ms", 0, 0),
          new Case("startup.restart", "ms", 0.4, 0.8),
          new Case("create.cold_first", "docs/s", 0.3, 0.5),
          new Case("create.1conn", "docs/s", 3, 5),
          new Case("create.16conn", "docs/s", 3, 5),
          new Case("create.batch100", "docs/s", 4, 6),
          new Case("create.rest100", "docs/s", 4, 6),
          new Case("update.spread.1conn", "docs/s", 3, 5),
          new Case("update.spread.16conn", "docs/s", 3, 5),
          new Case("update.hot.1conn", "docs/s", 4, 8),
          new Case("feed.latency_p50", "ms", 2, 3),
          new Case("feed.latency_p99", "ms", 2, 3),
          new Case("feed.rate", "events/s", 5, 8),
          new Case("durability.acked_before_kill", "docs", 0, 0),
          new Case("durability.lost_acked", "docs", 0, 0),
          new Case("startup.after_kill", "ms", 0.4, 0.8),
          new Case("load.16conn", "docs/s", 3, 5),
          new Case("memory.peak_rss_load", "MB", 2, 3),
          new Case("memory.idle_rss_loaded", "MB", 2, 3),
          new Case("memory.idle_anon_loaded", "MB", 2, 3),
          new Case("disk.live_per_doc", "B/doc", 1, 1.4),
          new Case("disk.stopped_per_doc", "B/doc", 1, 1.4),
          new Case("startup.loaded", "ms", 0.4, 0.8),
          new Case("read.get.1conn", "ops/s", 3, 5),
          new Case("read.get.16conn", "ops/s", 3, 5),
          new Case("read.scan_mid", "ms", 3, 5),
          new Case("read.scan_big", "ms", 3, 5),
          new Case("read.filter_ge_noindex", "ms", 3, 5),
          new Case("read.filter_like_noindex", "ms", 3, 5),
          new Case("read.order_limit10", "ms", 3, 5),
          new Case("read.group_aggregate", "ms", 3, 5),
          new Case("read.count_all", "ms", 5, 15),
          new Case("index.build_big", "docs/s", 2, 3),
          new Case("read.filter_eq_index", "ms", 5, 8),
          new Case("read.filter_range_index", "ms", 5, 8),
          new Case("read.join_1n_index", "ms", 5, 8),
          new Case("read.join_1n_noindex", "ms", 5, 8),
          new Case("read.join_n1", "ms", 5, 8),
          new Case("read.commits_deep50", "ops/s", 6, 10),
          new Case("read.commits", "ops/s", 4, 6),
          new Case("read.latest_commits", "ops/s", 4, 6),
          new Case("p2p.replicate_existing", "docs/s", 10, 30),
          new Case("p2p.replicate_live", "docs/s", 2, 3),
          new Case("p2p.gossip_p50", "ms", 8, 12),
          new Case("p2p.gossip_p99", "ms", 4, 8),
          new Case("merge.catchup_short", "commits/s", 15, 30),
          new Case("merge.catchup", "commits/s", 0, 0));

  /** How many times better {@code ours} is than {@code theirs}. */
  double gain(double ours, double theirs) {
    return unit.endsWith("/s") ? ours / theirs : theirs / ours;
  }
}

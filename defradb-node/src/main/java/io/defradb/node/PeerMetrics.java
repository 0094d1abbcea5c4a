package io.defradb.node;

import io.defradb.libp2p.protocol.bitswap.BitswapStats;
import io.defradb.libp2p.protocol.gossipsub.GossipStats;
import io.defradb.replication.PeerStatus;
import io.defradb.telemetry.MetricNames;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The part of the metrics page that tells of peers. A node without peers has none of it. */
final class PeerMetrics {
  private static final Map<String, ToDoubleFunction<PeerStatus>> REPLICATORS =
      Map.of(
          MetricNames.REPLICATOR_LAG, PeerStatus::lag,
          MetricNames.REPLICATOR_OWED, PeerStatus::owedDocuments,
          MetricNames.REPLICATOR_CONNECTED, status -> status.isConnected() ? 1 : 0,
          MetricNames.REPLICATOR_SUCCESS, PeerMetrics::lastSuccess);

  private final Supplier<@Nullable PeerServices> peers;
  private final Map<MultiGauge, ToDoubleFunction<PeerStatus>> replicators;

  /** {@code peers}: may be others after a purge. */
  private PeerMetrics(
      Supplier<@Nullable PeerServices> peers,
      Map<MultiGauge, ToDoubleFunction<PeerStatus>> replicators) {
    this.peers = peers;
    this.replicators = replicators;
  }

  static PeerMetrics register(Supplier<@Nullable PeerServices> peers, MeterRegistry page) {
    Map<MultiGauge, ToDoubleFunction<PeerStatus>> replicators = new LinkedHashMap<>();
    if (peers.get() != null) {
      gauge(MetricNames.PEER_CONNECTIONS, peers, PeerServices::connections, page);
      gauge(MetricNames.WANTS, peers, PeerServices::wants, page);
      count(MetricNames.LOGS_REFUSED, Tags.empty(), peers, PeerServices::refusedLogs, page);
      registerGossip(peers, page);
      registerBitswap(peers, page);
      REPLICATORS.forEach(
          (name, value) -> replicators.put(MultiGauge.builder(name).register(page), value));
    }
    return new PeerMetrics(peers, replicators);
  }

  private static void registerGossip(Supplier<@Nullable PeerServices> peers, MeterRegistry page) {
    gossip(MetricNames.GOSSIP_SENT, Tags.empty(), peers, GossipStats::sent, page);
    gossip(MetricNames.GOSSIP_DELIVERED, Tags.empty(), peers, GossipStats::delivered, page);
    String dropped = MetricNames.GOSSIP_DROPPED;
    gossip(dropped, reason("forged"), peers, GossipStats::forged, page);
    gossip(dropped, reason("unsent"), peers, GossipStats::unsent, page);
    gossip(dropped, reason("unheard"), peers, GossipStats::unheard, page);
    gossip(dropped, reason("untracked"), peers, GossipStats::untracked, page);
    count(dropped, reason("unanswered"), peers, PeerServices::unansweredMessages, page);
  }

  private static void registerBitswap(Supplier<@Nullable PeerServices> peers, MeterRegistry page) {
    bitswap(MetricNames.BITSWAP_RECEIVED, Tags.empty(), peers, BitswapStats::received, page);
    bitswap(MetricNames.BITSWAP_SENT, Tags.empty(), peers, BitswapStats::sent, page);
    String dropped = MetricNames.BITSWAP_DROPPED;
    bitswap(dropped, reason("late"), peers, BitswapStats::late, page);
    bitswap(dropped, reason("refused"), peers, BitswapStats::refused, page);
    bitswap(dropped, reason("unasked"), peers, BitswapStats::unasked, page);
    bitswap(dropped, reason("ignored"), peers, BitswapStats::ignored, page);
    bitswap(dropped, reason("unread"), peers, BitswapStats::unread, page);
    bitswap(dropped, reason("unsent"), peers, BitswapStats::unsent, page);
  }

  private static Tags reason(String reason) {
    return Tags.of(MetricNames.REASON, reason);
  }

  private static void gossip(
      String name,
      Tags tags,
      Supplier<@Nullable PeerServices> peers,
      ToDoubleFunction<GossipStats> value,
      MeterRegistry page) {
    count(name, tags, peers, services -> value.applyAsDouble(services.gossipStats()), page);
  }

  private static void bitswap(
      String name,
      Tags tags,
      Supplier<@Nullable PeerServices> peers,
      ToDoubleFunction<BitswapStats> value,
      MeterRegistry page) {
    count(name, tags, peers, services -> value.applyAsDouble(services.bitswapStats()), page);
  }

  private static void count(
      String name,
      Tags tags,
      Supplier<@Nullable PeerServices> peers,
      ToDoubleFunction<PeerServices> value,
      MeterRegistry page) {
    FunctionCounter.builder(name, peers, source -> of(source, value)).tags(tags).register(page);
  }

  private static void gauge(
      String name,
      Supplier<@Nullable PeerServices> peers,
      ToDoubleFunction<PeerServices> value,
      MeterRegistry page) {
    Gauge.builder(name, () -> of(peers, value)).register(page);
  }

  private static double of(
      Supplier<@Nullable PeerServices> peers, ToDoubleFunction<PeerServices> value) {
    PeerServices services = peers.get();
    return services == null ? 0 : value.applyAsDouble(services);
  }

  /** Takes up the replicators as they are now. */
  void refresh() {
    PeerServices services = peers.get();
    if (services != null && !replicators.isEmpty()) {
      List<PeerStatus> statuses = services.replication().status();
      replicators.forEach(
          (gauge, value) ->
              gauge.register(
                  statuses.stream().<MultiGauge.Row<?>>map(status -> row(status, value)).toList(),
                  true));
    }
  }

  private static MultiGauge.Row<?> row(PeerStatus status, ToDoubleFunction<PeerStatus> value) {
    double now = value.applyAsDouble(status);
    return MultiGauge.Row.of(Tags.of(MetricNames.PEER, status.peerId()), () -> now);
  }

  private static double lastSuccess(PeerStatus status) {
    Instant last = status.lastSuccess();
    return last == null ? 0 : last.toEpochMilli() / 1e3;
  }
}

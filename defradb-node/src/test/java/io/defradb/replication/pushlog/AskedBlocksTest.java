package io.defradb.replication.pushlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.libp2p.host.Host;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.testing.MemoryHosts;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AskedBlocksTest {
  private final MemoryHosts hosts = new MemoryHosts(5);
  private final Host host = hosts.host("a");
  private final PeerId peer = hosts.host("b").id();
  private final PeerId other = hosts.host("c").id();
  private final Cid first = cid("first");
  private final Cid second = cid("second");
  private final AskedBlocks asked =
      new AskedBlocks(
          (asker, cids, bytesMax) ->
              CompletableFuture.completedFuture(
                  cids.stream().map(cid -> Optional.<Bytes>empty()).toList()),
          host.loop());

  private static Cid cid(String text) {
    return Cid.of(Cid.DAG_CBOR, text.getBytes(StandardCharsets.UTF_8));
  }

  private void ask(PeerId asker, Cid cid) {
    asked.read(asker, List.of(cid), 100);
    hosts.network().schedule().runUntil(() -> false, Duration.ofSeconds(1));
  }

  @Test
  void givenAPeerThatAskedForAll_whenAnswered_thenTheWatchEnds() {
    CompletableFuture<Void> watch = asked.watch(peer, List.of(first, second));
    ask(peer, second);
    ask(peer, second);
    assertThat(watch).isNotDone();
    ask(peer, first);
    assertThat(watch).isCompleted();
  }

  @Test
  void givenAnotherPeer_whenItAsks_thenTheWatchGoesOn() {
    CompletableFuture<Void> watch = asked.watch(peer, List.of(first));
    ask(other, first);
    assertThat(watch).isNotDone();
  }
}

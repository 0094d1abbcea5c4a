package io.defradb.libp2p.protocol.gossipsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.libp2p.peer.Envelope;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.testing.MemoryHosts;
import io.defradb.multiformats.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The router alone: words and time in, words out. */
class GossipRouterTest {
  private static final GossipSettings SETTINGS = GossipSettings.DEFAULT;

  private final Said said = new Said();
  private final SeenMessages seen = new SeenMessages(SETTINGS.seenTtl(), SETTINGS.seenMax());
  private long now;
  private final GossipRouter router =
      new GossipRouter(
          peer("self"), SETTINGS, seen, said, () -> now, new Random(1), new GossipStats());

  /** What the router said, as text. */
  private static final class Said implements GossipOutput {
    private final List<String> words = new ArrayList<>();
    private final List<Prune> prunes = new ArrayList<>();
    private int introduced;

    @Override
    public void announce(PeerId peer, SubscriptionChange change) {
      words.add("announce " + change.topic() + " " + change.isJoined());
    }

    @Override
    public void send(PeerId peer, SignedMessage message) {
      words.add("send");
    }

    @Override
    public void graft(PeerId peer, String topic) {
      words.add("graft");
    }

    @Override
    public void prune(PeerId peer, Prune prune) {
      words.add("prune");
      prunes.add(prune);
    }

    @Override
    public void ihave(PeerId peer, TopicIds ids) {
      words.add("ihave " + ids.ids().size());
    }

    @Override
    public void iwant(PeerId peer, List<Bytes> ids) {
      words.add("iwant " + ids.size());
    }

    @Override
    public void idontwant(PeerId peer, Bytes id) {
      words.add("idontwant");
    }

    @Override
    public void meet(List<Prune.PrunedPeer> peers) {
      introduced += peers.size();
    }

    @Override
    public void topicChanged(PeerId peer, SubscriptionChange change) {}

    @Override
    public Optional<Envelope> signedRecord(PeerId peer) {
      return Optional.empty();
    }

    long count(String word) {
      return words.stream().filter(said -> said.startsWith(word)).count();
    }
  }

  private static PeerId peer(String name) {
    return PeerId.of(MemoryHosts.key(name).publicKey());
  }

  private PeerId add(String name, GossipProtocol protocol) {
    PeerId peer = peer(name);
    router.addPeer(peer, protocol, false);
    router.received(peer, rpc(new SubscriptionChange("t", true)));
    return peer;
  }

  private static Rpc rpc(SubscriptionChange... changes) {
    return new Rpc(List.of(changes), List.of(), Control.NONE);
  }

  private static Rpc rpc(Control control) {
    return new Rpc(List.of(), List.of(), control);
  }

  private static Rpc graft() {
    return rpc(new Control(List.of(), List.of(), List.of("t"), List.of(), List.of()));
  }

  private static SignedMessage message(int bytes) {
    return new MessageSigner(MemoryHosts.key("author"), 1).sign("t", Bytes.wrap(new byte[bytes]));
  }

  @Test
  void givenATopicThatWasNotJoined_whenAPeerLeavesIt_thenItIsForgottenThere() {
    PeerId peer = add("p", GossipProtocol.MESHSUB_1_1);
    router.received(peer, rpc(new SubscriptionChange("t", false)));
    assertThat(router.peers("t")).isEmpty();
  }

  @Test
  void givenTheMeshFull_whenGrafted_thenPrunedWithBackoffAndOthersToAsk() {
    router.join("t");
    for (int i = 0; i < SETTINGS.degreeMax() + 1; i++) {
      router.received(add("p" + i, GossipProtocol.MESHSUB_1_1), graft());
    }
    assertThat(router.mesh("t")).hasSize(SETTINGS.degreeMax());
    assertThat(said.prunes).hasSize(1);
    assertThat(said.prunes.get(0).backoffSeconds()).isEqualTo(60);
    assertThat(said.prunes.get(0).peers()).hasSize(SETTINGS.degreeMax());
  }

  @Test
  void givenAPrunedPeer_whenItGraftsBeforeItsBackoffEnded_thenItIsPrunedAgain() {
    router.join("t");
    PeerId peer = add("p", GossipProtocol.MESHSUB_1_1);
    var prune = new Prune("t", List.of(), 5);
    router.received(
        peer, rpc(new Control(List.of(), List.of(), List.of(), List.of(prune), List.of())));
    assertThat(router.mesh("t")).isEmpty();
    router.heartbeat();
    assertThat(router.mesh("t")).isEmpty();
    router.received(peer, graft());
    assertThat(router.mesh("t")).isEmpty();
    assertThat(said.prunes).hasSize(1);
    now += Duration.ofSeconds(61).toNanos();
    router.heartbeat();
    assertThat(router.mesh("t")).containsExactly(peer);
  }

  @Test
  void givenAPeerThatSpeaksFloodsub_whenPublished_thenItGetsTheMessageAndIsNeverGrafted() {
    router.join("t");
    add("p", GossipProtocol.FLOODSUB);
    router.heartbeat();
    assertThat(said.count("graft")).isZero();
    PeerId sender = add("q", GossipProtocol.MESHSUB_1_2);
    SignedMessage message = message(10);
    assertThat(router.arrived(sender, message)).isTrue();
    router.accepted(sender, message);
    assertThat(said.count("send")).isEqualTo(1);
  }

  @Test
  void givenALargeMessage_whenItComes_thenTheMeshIsToldAndWhoDeclinedItDoesNotGetIt() {
    router.join("t");
    PeerId sender = add("p", GossipProtocol.MESHSUB_1_2);
    PeerId declining = add("q", GossipProtocol.MESHSUB_1_2);
    add("r", GossipProtocol.MESHSUB_1_1);
    SignedMessage message = message(2000);
    router.received(
        declining,
        rpc(new Control(List.of(), List.of(), List.of(), List.of(), List.of(message.id()))));
    assertThat(router.arrived(sender, message)).isTrue();
    assertThat(said.count("idontwant")).isEqualTo(1);
    router.accepted(sender, message);
    assertThat(said.count("send")).isEqualTo(1);
    assertThat(router.arrived(declining, message)).isFalse();
  }

  @Test
  void givenAMessage_whenAskedForAgainAndAgain_thenItIsSentAFewTimes() {
    router.join("t");
    PeerId peer = add("p", GossipProtocol.MESHSUB_1_2);
    SignedMessage message = message(10);
    router.publish(message);
    long before = said.count("send");
    for (int i = 0; i < 100; i++) {
      router.received(
          peer,
          rpc(new Control(List.of(), List.of(message.id()), List.of(), List.of(), List.of())));
    }
    assertThat(said.count("send") - before).isEqualTo(SETTINGS.retransmissionsMax());
  }

  @Test
  void givenManyOffers_whenTheyCome_thenNoMoreIsAskedForThanTheBound() {
    router.join("t");
    PeerId peer = add("p", GossipProtocol.MESHSUB_1_2);
    for (int round = 0; round < 30; round++) {
      List<Bytes> ids = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        ids.add(Bytes.utf8(round + "/" + i));
      }
      var offer = new TopicIds("t", ids);
      router.received(
          peer, rpc(new Control(List.of(offer), List.of(), List.of(), List.of(), List.of())));
    }
    int asked =
        said.words.stream()
            .filter(word -> word.startsWith("iwant"))
            .mapToInt(word -> Integer.parseInt(word.substring(6)))
            .sum();
    assertThat(asked).isEqualTo(SETTINGS.ihaveIdsMax());
  }

  @Test
  void givenAStrangersPrune_whenItNamesPeers_thenNobodyIsMet() {
    router.join("t");
    PeerId peer = add("p", GossipProtocol.MESHSUB_1_1);
    var named = new Prune.PrunedPeer(peer("other").bytes(), Bytes.EMPTY);
    Control prune =
        new Control(
            List.of(),
            List.of(),
            List.of(),
            List.of(new Prune("t", List.of(named), 60)),
            List.of());
    router.received(peer, rpc(prune));
    assertThat(said.introduced).isEqualTo(1);
    router.received(peer, rpc(prune));
    assertThat(said.introduced).isEqualTo(1);
  }

  @Test
  void givenIdsSeenLongAgo_whenTimePasses_thenTheyAreForgotten() {
    router.join("t");
    PeerId peer = add("p", GossipProtocol.MESHSUB_1_2);
    SignedMessage message = message(10);
    assertThat(router.arrived(peer, message)).isTrue();
    assertThat(router.arrived(peer, message)).isFalse();
    now += SETTINGS.seenTtl().toNanos();
    router.heartbeat();
    assertThat(router.arrived(peer, message)).isTrue();
  }

  @Test
  void givenMoreThanAnOutboxHolds_whenAdded_thenMessagesAreDroppedAndWordsAreKept() {
    var outbox = new Outbox(10_000);
    for (int i = 0; i < 100; i++) {
      outbox.add(message(1000));
      outbox.add(new SubscriptionChange("t" + i % 2, i % 4 < 2));
    }
    int messages = 0;
    int changes = 0;
    while (!outbox.isEmpty()) {
      Bytes frame = outbox.next();
      assertThat(frame.length()).isLessThanOrEqualTo(Outbox.FRAME_BYTES);
      Rpc rpc = Rpc.decode(frame);
      messages += rpc.messages().size();
      changes += rpc.subscriptions().size();
    }
    assertThat(messages).isBetween(5, 10);
    assertThat(changes).isEqualTo(2);
  }
}

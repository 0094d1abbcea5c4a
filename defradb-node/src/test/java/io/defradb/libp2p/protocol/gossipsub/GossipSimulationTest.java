package io.defradb.libp2p.protocol.gossipsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.libp2p.host.Host;
import io.defradb.libp2p.host.MessageReader;
import io.defradb.libp2p.host.NetworkHost;
import io.defradb.libp2p.host.Stream;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.protocol.identify.Identify;
import io.defradb.libp2p.testing.MemoryHosts;
import io.defradb.libp2p.testing.Received;
import io.defradb.multiformats.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many nodes in one process, on one seeded schedule; the same seed runs the same. */
class GossipSimulationTest {
  private static final String TOPIC = "topic";

  /** One node: what it was given, and how often. */
  private static final class Node {
    private final String name;
    private final NetworkHost host;
    private final GossipSub gossip;
    private final Map<String, Integer> received = new HashMap<>();

    Node(MemoryHosts hosts, String name, GossipSettings settings) {
      this.name = name;
      this.host = hosts.host(name);
      var key = MemoryHosts.key(name);
      this.gossip = new GossipSub(host, key, 1, new Random(name.hashCode()), settings);
      Identify.serve(host, key, "test", InstantSource.fixed(Instant.EPOCH));
    }

    Node joined() {
      gossip.join(TOPIC, Validator.ALL, this::took);
      return this;
    }

    private void took(TopicMessage message) {
      received.merge(message.data().toUtf8(), 1, Integer::sum);
    }
  }

  private static List<Node> nodes(MemoryHosts hosts, int count) {
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      nodes.add(new Node(hosts, "n" + i, GossipSettings.DEFAULT).joined());
    }
    return nodes;
  }

  private static void connect(Node one, Node other) {
    one.host.connect(MemoryHosts.addresses(other.host));
  }

  private static void runFor(MemoryHosts hosts, int seconds) {
    hosts.network().schedule().runFor(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void givenConnectionsThatComeAndGo_whenPublished_thenEveryMemberGetsEveryMessageOnce(long seed) {
    var hosts = new MemoryHosts(seed);
    var random = new Random(seed);
    hosts.network().delay(Duration.ofMillis(1), Duration.ofMillis(80));
    List<Node> nodes = nodes(hosts, 20);
    for (int i = 0; i < nodes.size(); i++) {
      connect(nodes.get(i), nodes.get((i + 1) % nodes.size())); // never cut
      connect(nodes.get(i), nodes.get((i + 7) % nodes.size()));
    }
    runFor(hosts, 5);
    for (int number = 0; number < 60; number++) {
      Node author = nodes.get(random.nextInt(nodes.size()));
      author.gossip.publish(TOPIC, Bytes.utf8(author.name + "/" + number));
      int cut = random.nextInt(nodes.size());
      Node one = nodes.get(cut);
      Node other = nodes.get((cut + 7) % nodes.size());
      hosts.network().cut(one.name, other.name);
      hosts.network().schedule().runFor(Duration.ofMillis(random.nextInt(300)));
      connect(one, other);
    }
    runFor(hosts, 10);
    int received = 0;
    for (Node node : nodes) {
      assertThat(node.received.values()).as("seed %d, %s", seed, node.name).allMatch(n -> n == 1);
      received += node.received.size();
    }
    assertThat(received).as("seed %d", seed).isEqualTo(60 * (nodes.size() - 1));
  }

  @Test
  void givenEverybodyConnected_whenSettled_thenMeshesAreNeitherTooSmallNorTooLarge() {
    var hosts = new MemoryHosts(9);
    List<Node> nodes = nodes(hosts, 30);
    for (int i = 0; i < nodes.size(); i++) {
      for (int j = i + 1; j < nodes.size(); j++) {
        connect(nodes.get(i), nodes.get(j));
      }
    }
    runFor(hosts, 20);
    for (Node node : nodes) {
      assertThat(hosts.await(node.gossip.peers(TOPIC))).hasSize(29);
      assertThat(hosts.await(node.gossip.mesh(TOPIC)))
          .as(node.name)
          .hasSizeBetween(GossipSettings.DEFAULT.degreeMin(), GossipSettings.DEFAULT.degreeMax());
    }
  }

  @Test
  void givenThreeInALine_whenTheFirstPublishes_thenTheLastGetsItAndTheAuthorDoesNot() {
    var hosts = new MemoryHosts(3);
    List<Node> nodes = nodes(hosts, 3);
    connect(nodes.get(0), nodes.get(1));
    connect(nodes.get(1), nodes.get(2));
    runFor(hosts, 2);
    int peers = hosts.await(nodes.get(0).gossip.publish(TOPIC, Bytes.utf8("hello")));
    runFor(hosts, 1);
    assertThat(peers).isEqualTo(1);
    assertThat(nodes.get(2).received).containsOnlyKeys("hello");
    assertThat(nodes.get(0).received).isEmpty();
  }

  @Test
  void givenAWriterThatDidNotJoin_whenItPublishes_thenMembersGetIt() {
    for (boolean isFlooding : new boolean[] {true, false}) {
      var hosts = new MemoryHosts(4);
      Node writer = new Node(hosts, "writer", GossipSettings.DEFAULT.withFlooding(isFlooding));
      Node reader = new Node(hosts, "reader", GossipSettings.DEFAULT).joined();
      connect(writer, reader);
      runFor(hosts, 2);
      writer.gossip.publish(TOPIC, Bytes.utf8("hello"));
      runFor(hosts, 1);
      assertThat(reader.received).containsOnlyKeys("hello");
    }
  }

  @Test
  void givenAMessageThatIsRejected_whenItComes_thenItIsNeitherDeliveredNorPassedOn() {
    var hosts = new MemoryHosts(5);
    Node author = new Node(hosts, "author", GossipSettings.DEFAULT).joined();
    Node middle = new Node(hosts, "middle", GossipSettings.DEFAULT);
    Node last = new Node(hosts, "last", GossipSettings.DEFAULT).joined();
    middle.gossip.join(
        TOPIC,
        message ->
            CompletableFuture.completedFuture(
                message.data().toUtf8().equals("bad") ? Verdict.REJECT : Verdict.ACCEPT),
        middle::took);
    connect(author, middle);
    connect(middle, last);
    runFor(hosts, 2);
    author.gossip.publish(TOPIC, Bytes.utf8("bad"));
    author.gossip.publish(TOPIC, Bytes.utf8("good"));
    runFor(hosts, 5);
    assertThat(middle.received).containsOnlyKeys("good");
    assertThat(last.received).containsOnlyKeys("good");
  }

  @Test
  void givenAClosedSubscription_whenPublished_thenNothingComesAndTheTopicCanBeJoinedAgain() {
    var hosts = new MemoryHosts(6);
    Node writer = new Node(hosts, "writer", GossipSettings.DEFAULT).joined();
    Node reader = new Node(hosts, "reader", GossipSettings.DEFAULT);
    PubSub.Subscription subscription = reader.gossip.join(TOPIC, Validator.ALL, reader::took);
    connect(writer, reader);
    runFor(hosts, 2);
    subscription.close();
    runFor(hosts, 1);
    assertThat(hosts.await(writer.gossip.publish(TOPIC, Bytes.utf8("missed")))).isZero();
    runFor(hosts, 6); // until it is not advertised any more
    reader.joined();
    runFor(hosts, 1);
    writer.gossip.publish(TOPIC, Bytes.utf8("got"));
    runFor(hosts, 1);
    assertThat(reader.received).containsOnlyKeys("got");
  }

  @Test
  void givenABurst_whenPublished_thenNoneIsLost() {
    var hosts = new MemoryHosts(7);
    List<Node> nodes = nodes(hosts, 2);
    connect(nodes.get(0), nodes.get(1));
    runFor(hosts, 2);
    for (int i = 0; i < 2000; i++) {
      nodes.get(0).gossip.publish(TOPIC, Bytes.utf8("m" + i));
    }
    runFor(hosts, 5);
    assertThat(nodes.get(1).received).hasSize(2000);
  }

  @Test
  void givenAHostilePeer_whenItForgesAndFloods_thenNothingIsDeliveredAndTheRestGoesOn() {
    var hosts = new MemoryHosts(8);
    Node victim = new Node(hosts, "victim", GossipSettings.DEFAULT).joined();
    Node friend = new Node(hosts, "friend", GossipSettings.DEFAULT).joined();
    connect(friend, victim);
    NetworkHost hostile = hosts.host("hostile");
    var signer = new MessageSigner(MemoryHosts.key("hostile"), 1);
    SignedMessage good = signer.sign(TOPIC, Bytes.utf8("good"));
    PeerId victimId = victim.host.id();
    SignedMessage forged =
        SignedMessage.of(
            victimId.bytes(), Bytes.utf8("x"), Bytes.hex("01"), TOPIC, good.signature());
    SignedMessage altered =
        SignedMessage.of(good.from(), Bytes.utf8("y"), good.seqno(), TOPIC, good.signature());
    Stream stream = open(hosts, hostile, victim.host);
    stream.write(frame(new Rpc(List.of(), List.of(forged, altered), Control.NONE)));
    for (int round = 0; round < 20; round++) {
      List<SubscriptionChange> topics = new ArrayList<>();
      for (int i = 0; i < 20_000; i++) {
        topics.add(new SubscriptionChange("t" + round + "/" + i, true));
      }
      stream.write(frame(new Rpc(topics, List.of(), Control.NONE)));
      hosts.network().schedule().runFor(Duration.ofMillis(100));
    }
    stream.write(frame(new Rpc(List.of(), List.of(good), Control.NONE)));
    runFor(hosts, 2);
    assertThat(victim.received).containsOnlyKeys("good");
    friend.gossip.publish(TOPIC, Bytes.utf8("hello"));
    runFor(hosts, 1);
    assertThat(victim.received).containsOnlyKeys("good", "hello");
    assertThat(hosts.await(victim.gossip.peers("t19/19999"))).isEmpty();
  }

  @Test
  void givenAFrameThatIsTooLongOrNoFrame_whenRead_thenTheStreamIsReset() {
    for (Bytes bytes : List.of(Bytes.hex("ffffff7f"), Bytes.hex("03ffffff"))) {
      var hosts = new MemoryHosts(10);
      Node victim = new Node(hosts, "victim", GossipSettings.DEFAULT).joined();
      NetworkHost hostile = hosts.host("hostile");
      Stream stream = open(hosts, hostile, victim.host);
      var received = new Received();
      stream.read(received);
      stream.write(bytes);
      runFor(hosts, 1);
      assertThat(received.failure()).isNotNull();
    }
  }

  private static Bytes frame(Rpc rpc) {
    return MessageReader.frame(rpc.encode());
  }

  private static Stream open(MemoryHosts hosts, NetworkHost from, Host to) {
    var connection = hosts.await(from.connect(MemoryHosts.addresses((NetworkHost) to)));
    return hosts.await(connection.open(GossipProtocol.ids()));
  }
}

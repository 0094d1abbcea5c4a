package io.defradb.libp2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.libp2p.host.Connection;
import io.defradb.libp2p.host.NetworkHost;
import io.defradb.libp2p.host.Stream;
import io.defradb.libp2p.peer.PeerAddresses;
import io.defradb.libp2p.protocol.gossipsub.GossipSettings;
import io.defradb.libp2p.protocol.gossipsub.GossipSub;
import io.defradb.libp2p.protocol.gossipsub.TopicMessage;
import io.defradb.libp2p.protocol.gossipsub.Validator;
import io.defradb.libp2p.protocol.identify.Identify;
import io.defradb.libp2p.protocol.kad.KadSettings;
import io.defradb.libp2p.protocol.kad.Kademlia;
import io.defradb.libp2p.protocol.ping.Ping;
import io.defradb.libp2p.testing.Echo;
import io.defradb.libp2p.testing.JsPeer;
import io.defradb.libp2p.testing.MemoryHosts;
import io.defradb.libp2p.testing.Received;
import io.defradb.libp2p.testing.TcpHosts;
import io.defradb.multiformats.Bytes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With js-libp2p, another implementation: TCP, Noise and yamux below everything. */
class JsInteropTest {
  private static final String ECHO = "/echo/1.0.0";
  private static final String TOPIC = "songs";
  private static final int MUCH = 1 << 20;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final TcpHosts hosts = new TcpHosts();
  private final NetworkHost host = hosts.host("one");
  private JsPeer peer;

  @BeforeEach
  void start() throws Exception {
    peer = JsPeer.start();
    host.handle(List.of(ECHO), Echo::serve);
  }

  @AfterEach
  void close() throws IOException {
    hosts.close();
    if (peer != null) {
      peer.close();
    }
  }

  private void itDialsUs() throws IOException {
    TcpHosts.listening(host);
    peer.call("dial", Map.of("address", host.addresses().get(0) + "/p2p/" + host.id()));
  }

  private Connection weDialIt() {
    TcpHosts.listening(host);
    Connection connection = TcpHosts.await(host.connect(peer.addresses()));
    await().atMost(PATIENCE).until(() -> connection.protocols().contains(Ping.PROTOCOL));
    return connection;
  }

  @Test
  void givenWeDial_whenConnected_thenIdentifyPingAndAMegabyteOfEchoWork() {
    Connection connection = weDialIt();
    assertThat(connection.protocols()).contains(ECHO, Identify.PROTOCOL, "/meshsub/1.1.0");
    assertThat(TcpHosts.await(Ping.ping(host, peer.id(), new Random(1)))).isPositive();

    byte[] much = new byte[MUCH];
    new Random(3).nextBytes(much);
    var received = new Received();
    Stream stream = TcpHosts.await(host.open(peer.id(), List.of(ECHO)));
    stream.read(received);
    stream.write(Bytes.wrap(much));
    stream.closeWrite();
    await().atMost(PATIENCE).until(received::hasEnded);
    assertThat(received.bytes()).isEqualTo(Bytes.wrap(much));
  }

  @Test
  void givenItDials_whenConnected_thenIdentifyPingAndAMegabyteOfEchoWork() throws IOException {
    itDialsUs();
    Map<String, String> us = Map.of("peer", host.id().toString());
    assertThat(peer.call("ping", us).get("millis").isNumber()).isTrue();
    assertThat(peer.call("echo", Map.of("peer", us.get("peer"), "bytes", MUCH)))
        .hasToString("{\"count\":" + MUCH + "}");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(peer.call("protocols", us).get("protocols"))
                    .extracting(JsonNode::asText)
                    .contains(ECHO, Ping.PROTOCOL, Identify.PUSH_PROTOCOL));
    assertThat(TcpHosts.await(Ping.ping(host, peer.id(), new Random(1)))).isPositive();
  }

  @Test
  void givenAProtocolAddedLater_whenPushed_thenItKnows() throws IOException {
    itDialsUs();
    await().atMost(PATIENCE).until(() -> !host.peers().protocols(peer.id()).isEmpty());
    host.handle(List.of("/late/1.0.0"), Stream::reset);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        peer.call("protocols", Map.of("peer", host.id().toString()))
                            .get("protocols"))
                    .extracting(JsonNode::asText)
                    .contains("/late/1.0.0"));
  }

  @Test
  void givenBothInATopic_whenEitherPublishes_thenTheOtherReceivesIt() throws IOException {
    try (var gossip =
        new GossipSub(host, MemoryHosts.key("one"), 1, new Random(5), GossipSettings.DEFAULT)) {
      Queue<TopicMessage> received = new ConcurrentLinkedQueue<>();
      var subscription = gossip.join(TOPIC, Validator.ALL, received::add);
      peer.call("subscribe", Map.of("topic", TOPIC));
      weDialIt();
      await().atMost(PATIENCE).until(() -> TcpHosts.await(gossip.peers(TOPIC)).contains(peer.id()));
      await()
          .atMost(PATIENCE)
          .until(
              () -> !peer.call("subscribers", Map.of("topic", TOPIC)).get("subscribers").isEmpty());

      peer.call("publish", Map.of("topic", TOPIC, "data", "0102"));
      await().atMost(PATIENCE).until(() -> !received.isEmpty());
      assertThat(received.peek().data()).isEqualTo(Bytes.hex("0102"));
      assertThat(received.peek().author()).isEqualTo(peer.id());

      TcpHosts.await(gossip.publish(TOPIC, Bytes.hex("0304")));
      await()
          .atMost(PATIENCE)
          .until(() -> !peer.call("received", Map.of()).get("messages").isEmpty());
      JsonNode message = peer.call("received", Map.of()).get("messages").get(0);
      assertThat(message.get("data").asText()).isEqualTo("0304");
      assertThat(message.get("from").asText()).isEqualTo(host.id().toString());
      subscription.close();
    }
  }

  @Test
  void givenAThirdPeer_whenLookedFor_thenEitherSideFindsItByTheOther() throws IOException {
    KadSettings loopbackToo = KadSettings.lan().withUsable(address -> true);
    NetworkHost third = hosts.host("third");
    try (var ours = new Kademlia(host, List.of(loopbackToo), new Random(6));
        var thirds = new Kademlia(third, List.of(loopbackToo), new Random(7))) {
      itDialsUs();
      await().atMost(PATIENCE).until(() -> !host.peers().protocols(peer.id()).isEmpty());
      TcpHosts.listening(third);
      TcpHosts.await(third.connect(peer.addresses()));
      await().atMost(PATIENCE).until(() -> !third.peers().protocols(peer.id()).isEmpty());
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                PeerAddresses found = TcpHosts.await(ours.find(third.id()));
                assertThat(found.addresses()).containsAll(third.addresses());
              });
      assertThat(peer.call("findNode", Map.of("peer", host.id().toString())).get("addresses"))
          .isNotEmpty();
      assertThat(TcpHosts.await(thirds.sizes())).isNotEmpty();
      Ping.serve(third);
      host.route(ours);
      assertThat(TcpHosts.await(host.open(third.id(), List.of(Ping.PROTOCOL))).remotePeer())
          .isEqualTo(third.id());
    }
  }
}

package io.defradb.node;

import static io.defradb.node.TestNodes.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.defradb.crypto.KeyType;
import io.defradb.crypto.PrivateKey;
import io.defradb.libp2p.host.Connection;
import io.defradb.libp2p.peer.PeerAddresses;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.testing.FreePorts;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerNetworkTest {
  private static final Pattern INFO =
      Pattern.compile("\\{\"ID\":\"(\\w+)\",\"Addrs\":\\[\"(/ip4/127.0.0.1/tcp/\\d+)\"]}\n?");

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path root;

  private static PeerAddresses info(DefraNode node) throws Exception {
    Matcher info = INFO.matcher(ask(node, "GET", "/api/v0/p2p/info", "").body());
    assertThat(info.matches()).isTrue();
    return PeerAddresses.parse(info.group(2) + "/p2p/" + info.group(1));
  }

  private static PeerNetwork network(List<String> peers) {
    return network(
        "/ip4/127.0.0.1/tcp/0", peers, PrivateKey.generate(KeyType.ED25519, new SecureRandom()));
  }

  private static PeerNetwork network(String address, List<String> peers, PrivateKey key) {
    var random = new SecureRandom();
    return PeerNetwork.open(
        new NodeConfig.Net(
            true, List.of(address), peers, true, false, true, List.of(Duration.ofSeconds(1))),
        key,
        random,
        InstantSource.system());
  }

  @Test
  void givenANodeWithKeys_whenStartedAgain_thenItsPeersKnowItByTheSameName() throws Exception {
    PeerId id;
    try (DefraNode node = DefraNode.start(TestNodes.networked(root, List.of()))) {
      id = info(node).id();
    }
    try (DefraNode node = DefraNode.start(TestNodes.networked(root, List.of()))) {
      assertThat(info(node).id()).isEqualTo(id);
    }
  }

  @Test
  void givenAPeerAtTheStart_whenItIsThere_thenTheNodesAreConnected() throws Exception {
    try (PeerNetwork peer = network(List.of())) {
      peer.listen();
      String address = peer.host().addresses().get(0) + "/p2p/" + peer.host().id();
      try (DefraNode node = DefraNode.start(TestNodes.networked(root, List.of(address)))) {
        PeerId id = info(node).id();
        await()
            .until(
                () ->
                    peer.host().connections().stream()
                        .anyMatch(connection -> connection.remotePeer().equals(id)));
      }
      await().until(() -> peer.host().connections().isEmpty());
    }
  }

  @Test
  void givenPubSubSwitchedOff_whenAPeerConnects_thenNoTopicProtocolIsOfferedAndTheRestWorks()
      throws Exception {
    try (PeerNetwork peer = network(List.of())) {
      peer.listen();
      String address = peer.host().addresses().get(0) + "/p2p/" + peer.host().id();
      try (DefraNode node = DefraNode.start(TestNodes.withoutPubSub(root, List.of(address)))) {
        PeerId id = info(node).id();
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    peer.host().connections().stream()
                        .filter(connection -> connection.remotePeer().equals(id))
                        .anyMatch(connection -> connection.protocols().contains("/defra/0.0.1")));
        assertThat(peer.host().connections())
            .flatExtracting(Connection::protocols)
            .contains("/ipfs/bitswap/1.2.0")
            .noneMatch(protocol -> protocol.contains("sub/1"));
        ask(node, "POST", "/api/v0/schema", "type User { name: String }");
        assertThat(ask(node, "POST", "/api/v0/p2p/collections", "[\"User\"]").statusCode())
            .isEqualTo(200);
        ask(node, "POST", "/api/v0/collections/User", "{\"name\": \"x\"}");
        assertThat(ask(node, "GET", "/metrics", "").body())
            .contains("defradb_gossip_sent_total 0.0");
      }
    }
  }

  @Test
  void givenAPeerThatGoes_whenItIsBack_thenTheNodeDialsItAgain() throws Exception {
    PrivateKey key = PrivateKey.generate(KeyType.ED25519, new SecureRandom());
    String address = "/ip4/127.0.0.1/tcp/" + FreePorts.next();
    PeerNetwork peer = network(address, List.of(), key);
    peer.listen();
    String named = address + "/p2p/" + peer.host().id();
    try (DefraNode node = DefraNode.start(TestNodes.networked(root, List.of(named)))) {
      PeerNetwork first = peer;
      await().atMost(PATIENCE).until(() -> !first.host().connections().isEmpty());
      peer.close();
      peer = network(address, List.of(), key);
      peer.listen();
      PeerNetwork second = peer;
      PeerId id = info(node).id();
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  second.host().connections().stream()
                      .anyMatch(connection -> connection.remotePeer().equals(id)));
    } finally {
      peer.close();
    }
  }

  @Test
  void givenNoNetwork_whenAskedForIt_thenTheNodeSaysSo() throws Exception {
    try (DefraNode node = DefraNode.start(TestNodes.onDisk(root))) {
      var answer = ask(node, "GET", "/api/v0/p2p/info", "");
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("p2p network is disabled");
    }
  }

  @Test
  void givenABadPeer_whenStarted_thenTheStartFailsWithTheReferencesText() {
    assertThatThrownBy(() -> DefraNode.start(TestNodes.networked(root, List.of("zzz"))))
        .hasMessage("failed to parse multiaddr \"zzz\": must begin with /");
  }
}

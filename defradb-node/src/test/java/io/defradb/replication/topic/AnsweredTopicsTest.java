package io.defradb.replication.topic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.host.NetworkHost;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.protocol.gossipsub.GossipSettings;
import io.defradb.libp2p.protocol.gossipsub.GossipSub;
import io.defradb.libp2p.protocol.identify.Identify;
import io.defradb.libp2p.testing.MemoryHosts;
import io.defradb.multiformats.Bytes;
import io.defradb.testing.Vectors;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AnsweredTopicsTest {
  private static final JsonNode VECTORS = Vectors.file("net/pubsub_rpc");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final MemoryHosts hosts = new MemoryHosts(1);
  private final List<String> heard = new ArrayList<>();

  private final class Node {
    final NetworkHost host;
    final AnsweredTopics topics;

    Node(String name) {
      host = hosts.host(name);
      Identify.serve(host, MemoryHosts.key(name), "test", () -> Instant.EPOCH);
      var pubSub =
          new GossipSub(host, MemoryHosts.key(name), 1, new Random(1), GossipSettings.DEFAULT);
      topics = new AnsweredTopics(pubSub, host.id(), Runnable::run);
    }
  }

  private AnsweredTopics.Listener listener() {
    return new AnsweredTopics.Listener() {
      @Override
      public void answered(PeerId peer, Bytes data) {
        heard.add(HexFormat.of().formatHex(data.toArray()));
      }

      @Override
      public void failed(PeerId peer, String error) {
        heard.add(error);
      }
    };
  }

  @Test
  void givenTheReferencesBytes_whenReadAndWritten_thenTheyAreTheSame() {
    Bytes request = Bytes.hex(VECTORS.get("request_data").asText());
    assertThat(TopicResponse.id(request)).isEqualTo(VECTORS.get("request_id").asText());
    for (JsonNode vector : VECTORS.get("responses")) {
      var response =
          new TopicResponse(
              vector.get("id").asText(),
              vector.get("err").asText(),
              Bytes.hex(vector.get("data").asText()));
      Bytes bytes = Bytes.hex(vector.get("bytes").asText());
      assertThat(response.encode()).isEqualTo(bytes);
      assertThat(TopicResponse.decode(bytes)).isEqualTo(response);
    }
  }

  @Test
  void givenNeighboursOnATopic_whenAsked_thenEachAnswersOrSaysWhyNot() {
    Node asker = new Node("a");
    Node willing = new Node("b");
    Node unable = new Node("c");
    asker.topics.join("t", message -> CompletableFuture.completedFuture(Bytes.EMPTY));
    willing.topics.join("t", message -> CompletableFuture.completedFuture(message.data()));
    unable.topics.join(
        "t",
        message ->
            CompletableFuture.failedFuture(
                new DefraException(ErrorCode.DOCUMENT_NOT_FOUND, "not here")));
    hosts.await(asker.host.connect(MemoryHosts.addresses(willing.host)));
    hosts.await(asker.host.connect(MemoryHosts.addresses(unable.host)));
    hosts.network().schedule().runFor(Duration.ofSeconds(3));

    asker.topics.ask("t", Bytes.hex("cafe"), listener());

    assertThat(hosts.network().schedule().runUntil(() -> heard.size() == 2, PATIENCE)).isTrue();
    assertThat(heard).containsExactlyInAnyOrder("cafe", "not here");
  }

  @Test
  void givenMoreMessagesThanCanBeAnswered_whenTheyCome_thenTheRestIsDropped() {
    Node asker = new Node("a");
    Node slow = new Node("b");
    List<CompletableFuture<Bytes>> begun = new ArrayList<>();
    slow.topics.join(
        "t",
        message -> {
          var answer = new CompletableFuture<Bytes>();
          begun.add(answer);
          return answer;
        });
    asker.topics.join("t", message -> CompletableFuture.completedFuture(Bytes.EMPTY));
    hosts.await(asker.host.connect(MemoryHosts.addresses(slow.host)));
    hosts.network().schedule().runFor(Duration.ofSeconds(3));

    for (int i = 0; i < 1500; i++) {
      asker.topics.publish("t", Bytes.utf8("m" + i));
    }
    hosts.network().schedule().runFor(Duration.ofSeconds(5));
    assertThat(begun).hasSize(1024);
    assertThat(slow.topics.unanswered()).isEqualTo(1500 - 1024);
    begun.forEach(answer -> answer.complete(Bytes.EMPTY));
    asker.topics.publish("t", Bytes.utf8("later"));
    hosts.network().schedule().runFor(Duration.ofSeconds(5));
    assertThat(begun).hasSize(1025);
  }

  @Test
  void givenAHandlerThatThrows_whenAsked_thenTheAskerHearsWhyAndTheNextIsAnswered() {
    Node asker = new Node("a");
    Node fragile = new Node("b");
    asker.topics.join("t", message -> CompletableFuture.completedFuture(Bytes.EMPTY));
    fragile.topics.join(
        "t",
        message -> {
          if (message.data().equals(Bytes.hex("bad0"))) {
            throw new DefraException(ErrorCode.INVALID_CBOR, "malformed");
          }
          return CompletableFuture.completedFuture(message.data());
        });
    hosts.await(asker.host.connect(MemoryHosts.addresses(fragile.host)));
    hosts.network().schedule().runFor(Duration.ofSeconds(3));

    asker.topics.ask("t", Bytes.hex("bad0"), listener());
    asker.topics.ask("t", Bytes.hex("900d"), listener());

    assertThat(hosts.network().schedule().runUntil(() -> heard.size() == 2, PATIENCE)).isTrue();
    assertThat(heard).containsExactlyInAnyOrder("malformed", "900d");
  }

  @Test
  void givenARequestThatWasClosed_whenAnswered_thenNobodyHears() {
    Node asker = new Node("a");
    Node willing = new Node("b");
    asker.topics.join("t", message -> CompletableFuture.completedFuture(Bytes.EMPTY));
    willing.topics.join("t", message -> CompletableFuture.completedFuture(message.data()));
    hosts.await(asker.host.connect(MemoryHosts.addresses(willing.host)));
    hosts.network().schedule().runFor(Duration.ofSeconds(3));

    asker.topics.ask("t", Bytes.hex("01"), listener()).close();
    asker.topics.ask("t", Bytes.hex("02"), listener());

    assertThat(hosts.network().schedule().runUntil(() -> !heard.isEmpty(), PATIENCE)).isTrue();
    assertThat(heard).containsExactly("02");
  }
}

package io.defradb.replication.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.host.NetworkHost;
import io.defradb.libp2p.host.Stream;
import io.defradb.libp2p.host.StreamReader;
import io.defradb.libp2p.testing.MemoryHosts;
import io.defradb.multiformats.Bytes;
import io.defradb.testing.Vectors;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class RpcTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** Netty leaves the number 1 to upgraded connections. */
  private static final int FIRST_CALL = 3;

  private static final List<String> KINDS =
      List.of(
          "DATA",
          "HEADERS",
          "PRIORITY",
          "RST_STREAM",
          "SETTINGS",
          "PUSH_PROMISE",
          "PING",
          "GOAWAY",
          "WINDOW_UPDATE");

  private final MemoryHosts hosts = new MemoryHosts(1);
  private final NetworkHost caller = hosts.host("caller");
  private final NetworkHost callee = hosts.host("callee");
  private final RpcClient client = new RpcClient(caller);

  RpcTest() {
    hosts.await(caller.connect(MemoryHosts.addresses(callee)));
  }

  private CompletionStage<Bytes> call(String method, Bytes request) {
    return client.call(callee.id(), method, request, LIMIT);
  }

  private Throwable failure(CompletionStage<Bytes> call) {
    try {
      hosts.await(call);
    } catch (CompletionException e) {
      return e.getCause();
    }
    throw new AssertionError("it did not fail");
  }

  @Test
  void givenManyCallsAtOnce_whenAnswered_thenEachGetsItsOwnReply() {
    RpcServer.register(
        callee,
        Map.of(
            "Echo", (peer, request) -> CompletableFuture.completedFuture(request),
            "Who",
                (peer, request) -> CompletableFuture.completedFuture(Bytes.utf8(peer.toString()))));
    List<CompletionStage<Bytes>> calls = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      calls.add(call("Echo", Bytes.utf8("message " + i)));
    }
    for (int i = 0; i < 50; i++) {
      assertThat(hosts.await(calls.get(i)).toUtf8()).isEqualTo("message " + i);
    }
    assertThat(hosts.await(call("Who", Bytes.EMPTY)).toUtf8()).isEqualTo(caller.id().toString());
  }

  @Test
  void givenAMessageMuchLargerThanTheWindows_whenEchoed_thenItIsWhole() {
    RpcServer.register(
        callee, Map.of("Echo", (peer, request) -> CompletableFuture.completedFuture(request)));
    byte[] large = new byte[3 << 20];
    large[large.length - 1] = 7;
    assertThat(hosts.await(call("Echo", Bytes.wrap(large)))).isEqualTo(Bytes.wrap(large));
    assertThat(failure(call("Echo", Bytes.wrap(new byte[5 << 20]))))
        .isInstanceOf(DefraException.class);
  }

  @Test
  void givenAHandlerThatFails_whenCalled_thenItsTextIsTheAnswer() {
    RpcServer.register(
        callee,
        Map.of(
            "Fail",
            (peer, request) ->
                CompletableFuture.failedFuture(
                    new DefraException(ErrorCode.INVALID_CBOR, "bad: 100% \u00fc"))));
    assertThat(failure(call("Fail", Bytes.EMPTY)))
        .isInstanceOf(RpcFailure.class)
        .hasMessageContaining("bad: 100% \u00fc");
    assertThat(((RpcFailure) failure(call("Nope", Bytes.EMPTY))).status()).isEqualTo(12);
  }

  @Test
  void givenNoAnswer_whenTheLimitHasPassed_thenTheCallFailsAndTheNextOneWorks() {
    var waiting = new CompletableFuture<Bytes>();
    RpcServer.register(
        callee,
        Map.of(
            "Wait", (peer, request) -> waiting,
            "Echo", (peer, request) -> CompletableFuture.completedFuture(request)));
    Throwable failure = failure(call("Wait", Bytes.EMPTY));
    assertThat(((DefraException) failure).code()).isEqualTo(ErrorCode.PEER_TIMEOUT);
    assertThat(hosts.await(call("Echo", Bytes.utf8("x"))).toUtf8()).isEqualTo("x");
  }

  @Test
  void givenABrokenConnection_whenCalledAgain_thenANewStreamIsOpened() {
    RpcServer.register(
        callee, Map.of("Echo", (peer, request) -> CompletableFuture.completedFuture(request)));
    hosts.await(call("Echo", Bytes.utf8("x")));
    caller.disconnect(callee.id());
    hosts.await(caller.connect(MemoryHosts.addresses(callee)));
    assertThat(hosts.await(call("Echo", Bytes.utf8("y"))).toUtf8()).isEqualTo("y");
  }

  /** The frames of the reference's client, byte for byte. */
  @Test
  void givenTheReferencesCalls_whenServed_thenTheHandlerGetsItsMessages() {
    List<Bytes> received = new ArrayList<>();
    RpcServer.register(
        callee,
        Map.of(
            "PushLog",
            (peer, request) -> {
              received.add(request);
              return CompletableFuture.completedFuture(Bytes.hex("a0"));
            }));
    Stream stream = hosts.await(caller.open(callee.id(), List.of(RpcServer.PROTOCOL)));
    List<Bytes> expected = new ArrayList<>();
    for (JsonNode frame : Vectors.file("net/grpc_http2").get("frames")) {
      if (frame.get("from").asText().equals("client")) {
        stream.write(bytes(frame, 0));
        if (frame.get("frame").asText().equals("DATA")) {
          Bytes payload = Bytes.hex(frame.get("payload").asText());
          expected.add(payload.slice(5, payload.length()));
        }
      }
    }
    assertThat(
            hosts
                .network()
                .schedule()
                .runUntil(() -> received.size() == expected.size(), Duration.ofMinutes(1)))
        .isTrue();
    assertThat(received).isEqualTo(expected);
  }

  /** Its server's frames: replies, failures of both kinds. */
  @Test
  void givenTheReferencesReplies_whenCalled_thenTheyAreUnderstood() {
    callee.handle(
        List.of(RpcServer.PROTOCOL),
        stream -> stream.read(new Player(stream, Vectors.file("net/grpc_http2_errors"))));
    assertThat(hosts.await(call("PushLog", Bytes.hex("a0")))).isEqualTo(Bytes.hex("a0"));
    assertThatThrownBy(() -> hosts.await(call("PushLog", Bytes.hex("a0"))))
        .hasRootCauseInstanceOf(RpcFailure.class)
        .hasMessageContaining("failed to unmarshal block");
    assertThat(((RpcFailure) failure(call("PushLog", Bytes.hex("a0")))).status()).isEqualTo(2);
    assertThat(((RpcFailure) failure(call("Nope", Bytes.hex("a0")))).status()).isEqualTo(12);
    assertThat(hosts.await(call("GetIdentity", Bytes.hex("a0"))))
        .isEqualTo(Bytes.hex("a16d4964656e74697479546f6b656ef6"));
  }

  /** Answers each call with what the recorded server sent on that stream. */
  private static final class Player implements StreamReader {
    private final Stream stream;
    private final JsonNode recording;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private int answered;

    Player(Stream stream, JsonNode recording) {
      this.stream = stream;
      this.recording = recording;
      send(0);
    }

    @Override
    public void data(Bytes bytes) {
      received.writeBytes(bytes.toArray());
      long calls = countOfData(received.toByteArray());
      while (answered < calls) {
        send(2 * answered + 1);
        answered++;
      }
    }

    /** DATA frames that end their stream, behind the preface. */
    private static long countOfData(byte[] bytes) {
      int at = 24;
      int count = 0;
      while (at + 9 <= bytes.length) {
        int length = (bytes[at] & 0xff) << 16 | (bytes[at + 1] & 0xff) << 8 | bytes[at + 2] & 0xff;
        if (at + 9 + length > bytes.length) {
          break;
        }
        count += bytes[at + 3] == 0 && (bytes[at + 4] & 1) == 1 ? 1 : 0;
        at += 9 + length;
      }
      return count;
    }

    private void send(int number) {
      for (JsonNode frame : recording.get("frames")) {
        boolean isAck =
            List.of("SETTINGS", "PING").contains(frame.get("frame").asText())
                && frame.get("flags").asInt() == 1;
        if (frame.get("from").asText().equals("server")
            && !isAck
            && !frame.get("frame").asText().equals("WINDOW_UPDATE")
            && !frame.get("frame").asText().equals("PING")
            && frame.get("stream").asInt() == number) {
          stream.write(bytes(frame, number == 0 ? 0 : FIRST_CALL - 1));
        }
      }
    }

    @Override
    public void end() {
      stream.reset();
    }

    @Override
    public void failed(DefraException failure) {
      stream.reset();
    }
  }

  private static Bytes bytes(JsonNode frame, int shift) {
    if (frame.get("frame").asText().equals("PREFACE")) {
      return Bytes.hex(frame.get("bytes").asText());
    }
    String payload = frame.get("payload").asText();
    return Bytes.hex(
        String.format(
                "%06x%02x%02x%08x",
                payload.length() / 2,
                KINDS.indexOf(frame.get("frame").asText()),
                frame.get("flags").asInt(),
                frame.get("stream").asInt() + shift)
            + payload);
  }
}

package io.defradb.libp2p.protocol.ping;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.host.Host;
import io.defradb.libp2p.host.Stream;
import io.defradb.libp2p.host.StreamReader;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.transport.EventLoop;
import io.defradb.multiformats.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/** Answers pings, and sends them. */
public final class Ping {
  public static final String PROTOCOL = "/ipfs/ping/1.0.0";

  static final int PAYLOAD_BYTES = 32;
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private Ping() {}

  /**
   * Echoes what peers send; a stream on which nothing comes for long stays open and costs little.
   */
  public static void serve(Host host) {
    host.handle(List.of(PROTOCOL), stream -> stream.read(new Echo(stream)));
  }

  /**
   * The time until 32 random bytes come back. Fails with {@code PEER_TIMEOUT} after 10 seconds,
   * {@code PEER_FAULT} when others come back.
   */
  public static CompletionStage<Duration> ping(Host host, PeerId peer, RandomGenerator random) {
    byte[] payload = new byte[PAYLOAD_BYTES];
    random.nextBytes(payload);
    return host.open(peer, List.of(PROTOCOL))
        .thenCompose(stream -> new Question(stream, Bytes.wrap(payload)).ask());
  }

  /** Sends back; what comes faster than it goes out waits under the window. */
  private record Echo(Stream stream) implements StreamReader {
    @Override
    public void data(Bytes bytes) {
      stream.pause();
      stream.write(bytes).thenRun(stream::resume);
    }

    @Override
    public void end() {
      stream.closeWrite();
    }

    @Override
    public void failed(DefraException failure) {
      // The stream is gone, and with it the answer.
    }
  }

  /** One ping. */
  private static final class Question implements StreamReader {
    private final Stream stream;
    private final Bytes payload;
    private final CompletableFuture<Duration> answered = new CompletableFuture<>();
    private long sentNanos;
    private int matched;

    Question(Stream stream, Bytes payload) {
      this.stream = stream;
      this.payload = payload;
    }

    CompletionStage<Duration> ask() {
      EventLoop loop = stream.connection().loop();
      loop.run(
          () -> {
            EventLoop.Timer timer =
                loop.schedule(LIMIT, () -> fail(ErrorCode.PEER_TIMEOUT, "no answer to a ping"));
            var unused = answered.whenComplete((taken, failure) -> timer.cancel());
            sentNanos = loop.nanoTime();
            stream.read(this);
            stream.write(payload);
          });
      return answered;
    }

    private void fail(ErrorCode code, String text) {
      answered.completeExceptionally(new DefraException(code, text));
      stream.reset();
    }

    @Override
    public void data(Bytes bytes) {
      for (int i = 0; i < bytes.length(); i++) {
        if (matched == PAYLOAD_BYTES || bytes.unsignedAt(i) != payload.unsignedAt(matched++)) {
          fail(ErrorCode.PEER_FAULT, "a wrong answer to a ping");
          return;
        }
      }
      if (matched == PAYLOAD_BYTES) {
        answered.complete(Duration.ofNanos(stream.connection().loop().nanoTime() - sentNanos));
        stream.closeWrite();
      }
    }

    @Override
    public void end() {
      fail(ErrorCode.STREAM_RESET, "the peer closed instead of answering a ping");
    }

    @Override
    public void failed(DefraException failure) {
      answered.completeExceptionally(failure);
    }
  }
}

package io.defradb.libp2p.muxer.yamux;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.muxer.MuxedStream;
import io.defradb.libp2p.muxer.Muxer;
import io.defradb.libp2p.muxer.yamux.YamuxFrame.FrameType;
import io.defradb.multiformats.Bytes;
import io.defradb.testing.Vectors;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class YamuxSessionTest {
  private final ScriptedPipe pipe = new ScriptedPipe();
  private final Heard heard = new Heard();

  /** What a session tells its host. */
  private static final class Heard implements Muxer.Listener {
    private final List<MuxedStream> opened = new ArrayList<>();
    private @Nullable DefraException end;

    @Override
    public void opened(MuxedStream stream) {
      opened.add(stream);
    }

    @Override
    public void closed(DefraException cause) {
      assertThat(end).as("told once").isNull();
      end = cause;
    }
  }

  /** What a stream brings. */
  private static final class Taken implements MuxedStream.Reader {
    private int bytes;
    private boolean hasEnded;
    private @Nullable DefraException failure;

    @Override
    public void data(Bytes more) {
      bytes += more.length();
    }

    @Override
    public void end() {
      hasEnded = true;
    }

    @Override
    public void failed(DefraException cause) {
      failure = cause;
    }
  }

  private Muxer session(boolean isDialer) {
    Muxer session = new Yamux(YamuxSettings.DEFAULT).over(pipe, isDialer, heard);
    session.start();
    return session;
  }

  private static YamuxFrame syn(int id) {
    return new YamuxFrame(FrameType.WINDOW_UPDATE, YamuxFrame.SYN, id, 0);
  }

  private static byte[] data(int id, int flags, int length) {
    byte[] head = new YamuxFrame(FrameType.DATA, flags, id, length).toBytes();
    return ByteBuffer.allocate(head.length + length).put(head).array();
  }

  private static List<JsonNode> recorded() {
    List<JsonNode> frames = new ArrayList<>();
    Vectors.file("net/yamux").get("frames").forEach(frames::add);
    return frames;
  }

  @Test
  void givenTheFramesOfTheReference_whenReadAndWritten_thenTheHeadsAreTheSame() {
    for (JsonNode frame : recorded()) {
      if (frame.has("header")) {
        Bytes head = Bytes.hex(frame.get("header").asText());
        YamuxFrame read = YamuxFrame.read(ByteBuffer.wrap(head.toArray()));
        assertThat(read.type().name()).isEqualToIgnoringCase(frame.get("type").asText());
        assertThat(read.flags()).isEqualTo(frame.get("flags").asInt());
        assertThat(read.streamId()).isEqualTo(frame.get("stream").asInt());
        assertThat(read.length()).isEqualTo(frame.get("length").asLong());
        assertThat(read.toBytes()).isEqualTo(head.toArray());
      }
    }
  }

  /** As the client of the recording, up to the end of its first stream. */
  @Test
  void givenTheRecordedServer_whenAStreamIsUsed_thenOurFramesAreTheRecordedClients() {
    Muxer session = session(true);
    MuxedStream stream = null;
    var taken = new Taken();
    List<String> expected = new ArrayList<>();
    List<String> sent = new ArrayList<>(pipe.takeHeads());
    for (JsonNode frame : recorded()) {
      String step = frame.path("step").asText();
      if (step.startsWith("client opens a stream and writes")) {
        stream = session.open();
        stream.read(taken);
        stream.write(Bytes.utf8("hello"), new CompletableFuture<>());
      } else if (step.startsWith("client closes its writing side")) {
        stream.closeWrite();
      } else if (step.startsWith("server opens")) {
        break;
      } else if (frame.path("from").asText().equals("server")) {
        byte[] payload = Bytes.hex(frame.path("payload").asText()).toArray();
        byte[] head = Bytes.hex(frame.get("header").asText()).toArray();
        pipe.receive(
            ByteBuffer.allocate(head.length + payload.length).put(head).put(payload).array());
      } else if (frame.has("header")) {
        expected.add(frame.get("header").asText());
      }
      sent.addAll(pipe.takeHeads());
    }
    assertThat(sent).isEqualTo(expected);
    assertThat(taken.bytes).isEqualTo("world".length());
    assertThat(taken.hasEnded).isTrue();
    assertThat(session.streamCount()).isZero();
  }

  @Test
  void givenAStreamForBursts_whenItIsWidened_thenThePeerMaySendAsMuchAtOnce() {
    session(false);
    pipe.receive(syn(1));
    MuxedStream stream = heard.opened.get(0);
    pipe.takeHeads();
    stream.widen(2 << 20);
    assertThat(pipe.takeHeads())
        .containsExactly(
            Bytes.wrap(
                    new YamuxFrame(
                            FrameType.WINDOW_UPDATE,
                            0,
                            1,
                            (2 << 20) - YamuxSettings.INITIAL_WINDOW_BYTES)
                        .toBytes())
                .toHex());
    stream.widen(1 << 20);
    assertThat(pipe.takeHeads()).isEmpty();
    pipe.receive(data(1, 0, 1 << 20));
    pipe.receive(data(1, 0, 1 << 20));
    var taken = new Taken();
    stream.read(taken);
    assertThat(taken.failure).isNull();
    assertThat(taken.bytes).isEqualTo(2 << 20);
  }

  @Test
  void givenAReader_whenHalfAWindowWasRead_thenItIsFilledUp() {
    session(false);
    pipe.receive(syn(1));
    heard.opened.get(0).read(new Taken());
    pipe.takeHeads();
    int half = YamuxSettings.INITIAL_WINDOW_BYTES / 2;
    pipe.receive(data(1, 0, half - 1));
    assertThat(pipe.takeHeads()).isEmpty();
    pipe.receive(data(1, 0, 1));
    assertThat(pipe.takeHeads())
        .containsExactly(
            Bytes.wrap(new YamuxFrame(FrameType.WINDOW_UPDATE, 0, 1, half).toBytes()).toHex());
  }

  @Test
  void givenNoReader_whenMoreThanTheWindowIsSent_thenTheSessionEnds() {
    session(false);
    pipe.receive(syn(1));
    pipe.receive(data(1, 0, YamuxSettings.INITIAL_WINDOW_BYTES));
    assertThat(heard.end).isNull();
    pipe.receive(data(1, 0, 1));
    assertThat(heard.end.code()).isEqualTo(ErrorCode.PEER_FAULT);
    assertThat(pipe.isClosed()).isTrue();
  }

  @Test
  void givenManyStreamsUnread_whenTheBoundOfTheConnectionIsReached_thenStreamsAreReset() {
    Muxer session = session(false);
    int fits = YamuxSettings.DEFAULT.bufferedBytesMax() / YamuxSettings.INITIAL_WINDOW_BYTES;
    for (int i = 0; i <= fits; i++) {
      pipe.receive(syn(2 * i + 1));
      pipe.receive(data(2 * i + 1, 0, YamuxSettings.INITIAL_WINDOW_BYTES));
    }
    assertThat(heard.end).isNull();
    assertThat(session.streamCount()).isEqualTo(fits);
  }

  @Test
  void givenTheMostStreams_whenOneMoreIsOpened_thenItAloneIsReset() {
    Muxer session = session(false);
    int max = YamuxSettings.DEFAULT.inboundStreamsMax();
    for (int i = 0; i < max; i++) {
      pipe.receive(syn(2 * i + 1));
    }
    pipe.takeHeads();
    pipe.receive(data(2 * max + 1, YamuxFrame.SYN, 100));
    assertThat(pipe.takeHeads())
        .containsExactly(
            Bytes.wrap(
                    new YamuxFrame(FrameType.WINDOW_UPDATE, YamuxFrame.RST, 2 * max + 1, 0)
                        .toBytes())
                .toHex());
    assertThat(session.streamCount()).isEqualTo(max);
    assertThat(heard.end).isNull();
  }

  @Test
  void givenAStreamIdThatIsNotThePeers_whenOpened_thenTheSessionEnds() {
    session(false);
    pipe.receive(syn(2));
    assertThat(heard.end.code()).isEqualTo(ErrorCode.PEER_FAULT);
  }

  @Test
  void givenAStreamIdTwice_whenOpened_thenTheSessionEnds() {
    session(false);
    pipe.receive(syn(1));
    pipe.receive(syn(1));
    assertThat(heard.end.code()).isEqualTo(ErrorCode.PEER_FAULT);
  }

  @Test
  void givenAPeerThatPingsAndDoesNotRead_whenAnswersPileUp_thenTheSessionEnds() {
    session(false);
    pipe.settle();
    pipe.setWritable(false);
    for (int i = 0; i < 10_000 && heard.end == null; i++) {
      pipe.receive(new YamuxFrame(FrameType.PING, YamuxFrame.SYN, 0, i));
    }
    assertThat(heard.end.code()).isEqualTo(ErrorCode.PEER_FAULT);
  }

  @Test
  void givenEndlessCredit_whenItOverflows_thenTheSessionEnds() {
    session(false);
    pipe.receive(syn(1));
    pipe.receive(new YamuxFrame(FrameType.WINDOW_UPDATE, 0, 1, 0xffffffffL));
    assertThat(heard.end.code()).isEqualTo(ErrorCode.PEER_FAULT);
  }

  @Test
  void givenNoAnswerToAPing_whenTheLimitPasses_thenTheSessionEnds() {
    session(true);
    pipe.pass(YamuxSettings.DEFAULT.pingLimit().minus(Duration.ofMillis(1)));
    assertThat(heard.end).isNull();
    pipe.pass(Duration.ofMillis(1));
    assertThat(heard.end.code()).isEqualTo(ErrorCode.PEER_TIMEOUT);
  }

  @Test
  void givenFramesForStreamsThatAreGone_whenRead_thenTheyAreDropped() {
    session(false);
    pipe.receive(syn(1));
    heard.opened.get(0).reset();
    pipe.receive(data(1, YamuxFrame.FIN, 1000));
    pipe.receive(new YamuxFrame(FrameType.WINDOW_UPDATE, YamuxFrame.RST, 99, 0));
    pipe.receive(syn(3));
    assertThat(heard.end).isNull();
    assertThat(heard.opened).hasSize(2);
  }

  @Test
  void givenAReset_whenWritesWait_thenTheyFailAndTheReaderLearnsIt() {
    Muxer session = session(true);
    MuxedStream stream = session.open();
    var taken = new Taken();
    stream.read(taken);
    var written = new CompletableFuture<Void>();
    stream.write(Bytes.wrap(new byte[1 << 20]), written);
    pipe.settle();
    assertThat(written).isNotDone();
    pipe.receive(new YamuxFrame(FrameType.WINDOW_UPDATE, YamuxFrame.RST, 1, 0));
    assertThat(written).isCompletedExceptionally();
    assertThat(taken.failure.code()).isEqualTo(ErrorCode.STREAM_RESET);
  }

  /** Whatever comes: the session goes on or ends, and throws nothing at the pipe. */
  @Test
  void givenRandomFrames_whenRead_thenTheSessionGoesOnOrEnds() {
    int ended = 0;
    for (int seed = 0; seed < 300; seed++) {
      var random = new Random(seed);
      var target = new ScriptedPipe();
      var told = new Heard();
      new Yamux(YamuxSettings.DEFAULT).over(target, random.nextBoolean(), told).start();
      for (int i = 0; i < 200 && told.end == null; i++) {
        var frame =
            new YamuxFrame(
                FrameType.values()[random.nextInt(3)],
                random.nextInt(16),
                random.nextInt(12),
                random.nextInt(5) == 0 ? random.nextInt() & 0xffffffffL : random.nextInt(300));
        target.receive(frame);
        if (random.nextInt(4) == 0) {
          byte[] noise = new byte[random.nextInt(40)];
          random.nextBytes(noise);
          target.receive(noise);
        }
        for (MuxedStream stream : told.opened) {
          switch (random.nextInt(6)) {
            case 0 -> stream.write(Bytes.wrap(new byte[100]), new CompletableFuture<>());
            case 1 -> stream.closeWrite();
            case 2 -> stream.reset();
            default -> {}
          }
        }
      }
      ended += told.end == null ? 0 : 1;
    }
    assertThat(ended).isBetween(1, 300);
  }
}

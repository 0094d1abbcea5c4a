package io.defradb.replication.subdag;

import io.defradb.error.DefraException;
import io.defradb.libp2p.host.MessageReader;
import io.defradb.libp2p.host.Stream;
import io.defradb.libp2p.protocol.bitswap.BlockSource;
import io.defradb.libp2p.transport.EventLoop;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers one question: walks down from the roots, a level after the other, and writes messages no
 * faster than the peer reads them. A peer that neither asks nor reads for long is given up, so that
 * others get its place.
 */
final class SubDagAnswer extends MessageReader {
  private static final int CIDS_AT_A_TIME = 256;
  private static final Duration SILENCE_MAX = Duration.ofSeconds(30);

  private final Stream stream;
  private final BlockSource source;
  private final EventLoop loop;
  private final Runnable onEnd;
  private final BlockFrames frames = new BlockFrames();
  private @Nullable SubDagWalk walk;
  private EventLoop.@Nullable Timer silence;
  private boolean isOver;

  /** {@code loop}: where the source is asked. {@code onEnd}: run once, on any loop. */
  SubDagAnswer(Stream stream, BlockSource source, EventLoop loop, Runnable onEnd) {
    super(stream, SubDagRequest.BYTES_MAX);
    this.stream = stream;
    this.source = source;
    this.loop = loop;
    this.onEnd = onEnd;
  }

  /** Waits for the question. */
  void start() {
    stream.execute(
        () -> {
          heard();
          stream.read(this);
        });
  }

  /** The peer did its part. On the loop of the connection. */
  private void heard() {
    if (silence != null) {
      silence.cancel();
    }
    silence = isOver ? null : stream.connection().loop().schedule(SILENCE_MAX, this::giveUp);
  }

  @Override
  protected void message(Bytes message) {
    heard();
    if (walk != null) {
      throw SubDags.fault("a second question on a stream");
    }
    var begun = new SubDagWalk(SubDagRequest.decode(message));
    walk = begun;
    read(begun);
  }

  private void read(SubDagWalk walk) {
    List<Cid> cids = walk.next(CIDS_AT_A_TIME);
    if (cids.isEmpty()) {
      stream.execute(this::finish);
      return;
    }
    loop.execute(
        () -> {
          try {
            source
                .read(stream.remotePeer(), cids, BlockFrames.MESSAGE_BYTES)
                .whenComplete((blocks, failure) -> found(walk, cids, blocks));
          } catch (RuntimeException full) {
            giveUp();
          }
        });
  }

  /** On the thread that read them. */
  private void found(SubDagWalk walk, List<Cid> cids, @Nullable List<Optional<Bytes>> blocks) {
    if (blocks == null) {
      giveUp();
      return;
    }
    try {
      walk.putBack(cids.subList(Math.min(blocks.size(), cids.size()), cids.size()));
      for (int i = 0; i < Math.min(blocks.size(), cids.size()); i++) {
        if (blocks.get(i).isPresent()) {
          frames.add(blocks.get(i).get());
          walk.found(cids.get(i), blocks.get(i).get());
        }
      }
    } catch (DefraException corrupt) {
      giveUp();
      return;
    }
    if (frames.isFull()) {
      stream
          .write(frame(frames.take()))
          .whenComplete(
              (written, failure) -> {
                if (failure == null) {
                  stream.execute(this::heard);
                  read(walk);
                } else {
                  giveUp();
                }
              });
    } else {
      read(walk);
    }
  }

  /** On the loop of the connection. */
  private void finish() {
    if (!isOver) {
      if (!frames.isEmpty()) {
        stream.write(frame(frames.take()));
      }
      stream.closeWrite();
      over();
    }
  }

  private void giveUp() {
    stream.execute(
        () -> {
          stream.reset();
          over();
        });
  }

  private void over() {
    if (!isOver) {
      isOver = true;
      heard();
      onEnd.run();
    }
  }

  @Override
  public void end() {
    if (walk == null) {
      stream.closeWrite();
      over();
    }
  }

  @Override
  public void failed(DefraException failure) {
    over(); // a write that is under way fails too, and ends the walk
  }
}

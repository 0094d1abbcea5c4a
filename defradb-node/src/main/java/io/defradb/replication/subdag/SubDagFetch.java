package io.defradb.replication.subdag;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.host.MessageReader;
import io.defradb.libp2p.host.Stream;
import io.defradb.libp2p.transport.EventLoop;
import io.defradb.multiformats.Bytes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One question and its answer. On the loop of the connection. */
final class SubDagFetch extends MessageReader {
  private static final Duration SILENCE_MAX = Duration.ofSeconds(10);

  private final Stream stream;
  private final EventLoop loop;
  private final SubDags.Sink sink;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private EventLoop.@Nullable Timer timer;

  SubDagFetch(Stream stream, SubDags.Sink sink) {
    super(stream, BlockFrames.MESSAGE_BYTES_MAX);
    this.stream = stream;
    this.loop = stream.connection().loop();
    this.sink = sink;
  }

  CompletionStage<Void> start(SubDagRequest request) {
    loop.run(
        () -> {
          await();
          stream.read(this);
          stream.write(frame(request.encode()));
          stream.closeWrite();
        });
    return done;
  }

  private void await() {
    timer =
        loop.schedule(
            SILENCE_MAX,
            () -> finish(new DefraException(ErrorCode.PEER_TIMEOUT, "no blocks came for long")));
  }

  private void stopWaiting() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  @Override
  protected void message(Bytes message) {
    stopWaiting();
    stream.pause();
    sink.take(BlockFrames.decode(message))
        .whenComplete((taken, failure) -> loop.run(() -> taken(failure)));
  }

  private void taken(@Nullable Throwable failure) {
    if (failure != null) {
      finish(failure);
    } else if (!done.isDone()) {
      await();
      stream.resume();
    }
  }

  @Override
  public void end() {
    finish(isInsideMessage() ? SubDags.fault("an answer was cut off") : null);
  }

  @Override
  public void failed(DefraException failure) {
    finish(failure);
  }

  private void finish(@Nullable Throwable failure) {
    stopWaiting();
    if (failure == null) {
      done.complete(null);
    } else {
      stream.reset();
      done.completeExceptionally(failure);
    }
  }
}

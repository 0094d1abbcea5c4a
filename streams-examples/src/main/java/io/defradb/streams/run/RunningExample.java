package io.defradb.streams.run;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs an application until Ctrl-C or until it fails. */
public final class RunningExample {
  private static final Logger LOG = LoggerFactory.getLogger(RunningExample.class);
  private static final Duration STOP_WAIT = Duration.ofSeconds(10);

  private RunningExample() {}

  /** The same for an application with nothing beside it. */
  public static int await(Topology topology, Properties settings) throws InterruptedException {
    return await(new KafkaStreams(topology, settings), () -> {});
  }

  /**
   * Starts it and returns when it has ended.
   *
   * @param beside what runs with it and is closed first
   * @return the exit code: 1 after a failure
   */
  public static int await(KafkaStreams streams, AutoCloseable beside) throws InterruptedException {
    var ended = new CountDownLatch(1);
    var stopped = new CountDownLatch(1);
    streams.setUncaughtExceptionHandler(
        failure -> {
          LOG.error("It ends: {}", failure.getMessage(), failure);
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    streams.setStateListener(
        (state, before) -> {
          if (state == KafkaStreams.State.ERROR || state == KafkaStreams.State.NOT_RUNNING) {
            ended.countDown();
          }
        });
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  close(beside);
                  streams.close(STOP_WAIT);
                  stopped.countDown();
                },
                "example-end"));
    streams.start();
    LOG.info("It runs. Ctrl-C ends it.");
    ended.await();
    if (streams.state() == KafkaStreams.State.ERROR) {
      return 1;
    }
    stopped.await();
    return 0;
  }

  private static void close(AutoCloseable beside) {
    try {
      beside.close();
    } catch (Exception e) {
      LOG.warn("What ran beside did not end well: {}", e.getMessage());
    }
  }
}

package io.defradb.connect.source.signal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens for signals on a thread of its own, so that the task never waits for them. Close it. */
public final class SignalReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SignalReader.class);
  private static final int WAITING_MAX = 100;
  private static final Duration STOP_WAIT = Duration.ofSeconds(5);

  private final SignalSettings settings;
  private final String reader;
  private final BlockingQueue<Signal> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
  private final Thread thread;
  private volatile boolean isAllDone;
  private long failures;

  /** {@code reader}: a name for the task that stays the same over restarts. */
  public SignalReader(SignalSettings settings, String reader) {
    this.settings = settings;
    this.reader = reader;
    this.thread = new Thread(this::run, "defradb-signal-" + reader);
    thread.setDaemon(true);
    if (!settings.channels().isEmpty()) {
      thread.start();
    }
  }

  /** What has come since the last call. */
  public List<Signal> take() {
    List<Signal> signals = new ArrayList<>();
    waiting.drainTo(signals);
    return signals;
  }

  /** Everything taken so far has been done. */
  public void acknowledge() {
    isAllDone = true;
  }

  private void run() {
    List<SignalChannel> channels = new ArrayList<>();
    try {
      open(channels);
      while (true) {
        for (SignalChannel channel : channels) {
          tryListening(channel);
        }
        Thread.sleep(settings.every().toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("Signals are no longer heard", e);
    } finally {
      close(channels);
    }
  }

  /** What is interrupted cannot be closed in order. */
  private static void close(List<SignalChannel> channels) {
    boolean isInterrupted = Thread.interrupted();
    for (SignalChannel channel : channels) {
      try {
        channel.close();
      } catch (RuntimeException e) {
        LOG.warn("A channel of signals was not closed in order: {}", e.getMessage());
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void open(List<SignalChannel> channels) {
    if (settings.channels().contains("kafka")) {
      channels.add(new KafkaChannel(settings, reader));
    }
    if (settings.channels().contains("file")) {
      channels.add(new FileChannel(settings.file()));
    }
    if (settings.channels().contains("jmx")) {
      channels.add(new JmxChannel(settings.prefix(), reader));
    }
  }

  private void tryListening(SignalChannel channel) throws InterruptedException {
    try {
      listen(channel);
    } catch (InterruptException e) {
      throw new InterruptedException();
    } catch (KafkaException e) {
      if (Long.bitCount(++failures) == 1) { // ever more rarely
        LOG.warn(
            "Signals cannot be heard now, and are listened for again (failure {}): {}",
            failures,
            e.getMessage());
      }
    }
  }

  private void listen(SignalChannel channel) throws InterruptedException {
    List<String> texts = channel.poll();
    if (!texts.isEmpty()) {
      isAllDone = false;
    } else if (isAllDone && waiting.isEmpty()) {
      channel.acknowledge();
    }
    for (String text : texts) {
      var signal = Signal.parse(text);
      if (signal.isPresent()) {
        waiting.put(signal.get());
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(STOP_WAIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

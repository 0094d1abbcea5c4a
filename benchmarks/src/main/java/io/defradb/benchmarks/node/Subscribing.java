package io.defradb.benchmarks.node;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** From an update to the event that a GraphQL subscription sends of it. */
final class Subscribing {
  private static final String QUERY =
      "subscription { " + Writing.COLLECTION + " { _docID age name } }";
  private static final int WARMUP_UPDATES = 500;
  private static final int UPDATES = 500;
  private static final int DOCUMENTS = 500;
  private static final int EVENT_MILLIS_MAX = 20_000;

  private Subscribing() {}

  static List<Stage> stages() {
    return List.of(
        new Stage(List.of("feed.latency_p50", "feed.latency_p99"), true, Subscribing::latency),
        Stage.of("feed.rate", Subscribing::rate));
  }

  /** One update at a time, from before its request to after its event. */
  private static void latency(Target target, Stage.Sink out) throws IOException {
    NodeProcess node = Writing.node(target);
    List<String> docIds = Writing.docIds(target, node, DOCUMENTS);
    long first = target.numbers();
    double[] millis = new double[UPDATES];
    try (HttpConnection updates = node.connect();
        HttpConnection events = node.connect()) {
      events.subscribe(QUERY);
      events.waitAtMost(EVENT_MILLIS_MAX);
      for (int i = -WARMUP_UPDATES; i < UPDATES; i++) {
        int number = i + WARMUP_UPDATES;
        long begin = System.nanoTime();
        Writing.update(updates, docIds.get(number % docIds.size()), first + number);
        events.event();
        if (i >= 0) {
          millis[i] = (System.nanoTime() - begin) / 1e6;
        }
      }
    }
    Arrays.sort(millis);
    out.put("feed.latency_p50", Figure.of(millis[UPDATES / 2]));
    out.put("feed.latency_p99", Figure.of(millis[UPDATES * 99 / 100]));
  }

  /** Updates from 16 connections, until one subscriber has received the event of each. */
  private static Figure rate(Target target) throws IOException {
    rate(target, 2);
    return rate(target, target.settings().seconds());
  }

  private static Figure rate(Target target, double seconds) throws IOException {
    NodeProcess node = Writing.node(target);
    List<String> docIds = Writing.docIds(target, node, DOCUMENTS);
    long first = target.numbers();
    AtomicLong updated = new AtomicLong();
    ExecutorService reader = Executors.newSingleThreadExecutor();
    try (HttpConnection events = node.connect()) {
      events.subscribe(QUERY);
      events.waitAtMost(EVENT_MILLIS_MAX);
      AtomicLong expected = new AtomicLong(Long.MAX_VALUE);
      long begin = System.nanoTime();
      long cpu = node.cpuMicros();
      Future<Long> received = reader.submit(() -> receive(events, expected));
      new Load(node, 16)
          .forSeconds(
              0,
              seconds,
              1,
              (connection, number) -> {
                String docId = docIds.get((int) (number % docIds.size()));
                Writing.update(connection, docId, first + number);
                updated.incrementAndGet();
              });
      // One more event wakes the reader, which may have had all others already.
      expected.set(updated.get() + 1);
      try (HttpConnection last = node.connect()) {
        Writing.update(last, docIds.get(0), first - 1);
      }
      long count = received.get();
      double elapsed = (System.nanoTime() - begin) / 1e9;
      return new Figure(count / elapsed, (node.cpuMicros() - cpu) / (double) count);
    } catch (InterruptedException | ExecutionException failure) {
      throw new IOException(failure);
    } finally {
      reader.shutdownNow();
    }
  }

  private static long receive(HttpConnection events, AtomicLong expected) throws IOException {
    long count = 0;
    while (count < expected.get()) {
      events.event();
      count++;
    }
    return count;
  }
}

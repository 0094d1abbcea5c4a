package io.defradb.benchmarks.node;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * From one node to another: what was there before, what is written meanwhile, how late an update is
 * known, and one document's long history. CPU is that of both nodes.
 */
final class Replicating {
  private static final int LIMIT_SECONDS = 60;
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(15);
  private static final int SMALL = 50;
  private static final int FOLLOWED = 50;
  private static final int UPDATES = 300;
  private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int SHORT_HISTORY = 100;
  private static final int LONG_HISTORY = 1_000;

  private Replicating() {}

  static List<Stage> stages() {
    return List.of(
        new Stage(List.of("p2p.replicate_existing"), true, Replicating::existing),
        new Stage(List.of("p2p.replicate_live"), true, Replicating::live),
        new Stage(List.of("p2p.gossip_p50", "p2p.gossip_p99"), true, Replicating::gossip),
        new Stage(
            List.of("merge.catchup_short"),
            true,
            (target, out) -> history(target, out, "merge.catchup_short", SHORT_HISTORY)),
        new Stage(
            List.of("merge.catchup"),
            true,
            (target, out) -> history(target, out, "merge.catchup", LONG_HISTORY)));
  }

  private static void existing(Target target, Stage.Sink out) throws IOException {
    try (PeerPair pair = PeerPair.start(target)) {
      warm(target, pair);
      long documents = target.settings().documents() / 20;
      out.put("p2p.replicate_existing", replicate(target, pair, "Existing", documents));
    }
  }

  /** Small collections, one after the other, until the time is up. */
  private static void warm(Target target, PeerPair pair) throws IOException {
    long begin = System.nanoTime();
    double nanos = target.settings().warmup() * 1e9;
    for (int i = 0; System.nanoTime() - begin < nanos; i++) {
      replicate(target, pair, "Warm" + i, SMALL);
    }
  }

  private static Figure replicate(Target target, PeerPair pair, String collection, long documents)
      throws IOException {
    pair.define(collection);
    create(target, pair, collection, documents);
    long cpu = pair.cpuMicros();
    long begin = System.nanoTime();
    pair.replicate(collection);
    long arrived = await(pair.receiver(), collection, documents);
    return figure(pair, arrived, begin, cpu);
  }

  private static void create(Target target, PeerPair pair, String collection, long documents)
      throws IOException {
    long first = target.numbers();
    new Load(pair.writer(), 4)
        .times(
            documents, 1, (connection, number) -> create(connection, collection, first + number));
  }

  private static String create(HttpConnection connection, String collection, long number)
      throws IOException {
    return connection.graphql(
        "mutation { create_" + collection + "(input: " + People.input(number) + ") { _docID } }");
  }

  private static Figure figure(PeerPair pair, long done, long begin, long cpu) throws IOException {
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new Figure(done / seconds, (pair.cpuMicros() - cpu) / (double) done);
  }

  /**
   * How many documents there are when all are, or the time is up, or none has come for long: some
   * nodes lose documents, and try them again after minutes.
   */
  private static long await(NodeProcess node, String collection, long documents)
      throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    long before = 0;
    long changed = System.nanoTime();
    try (HttpConnection connection = node.connect()) {
      while (true) {
        long asked = System.nanoTime();
        String answer = connection.graphql("{ _count(" + collection + ": {}) }");
        long count = Long.parseLong(answer.replaceAll("\\D", ""));
        long now = System.nanoTime();
        if (count != before) {
          before = count;
          changed = now;
        }
        if (count >= documents) {
          return count;
        }
        if (now > deadline || now - changed > QUIET_NANOS) {
          System.err.println(
              collection + ": " + count + " of " + documents + " documents arrived in time");
          return count;
        }
        LockSupport.parkNanos(Math.max(10_000_000, 10 * (now - asked)));
      }
    }
  }

  private static void live(Target target, Stage.Sink out) throws IOException {
    try (PeerPair pair = PeerPair.start(target)) {
      pair.define("Live");
      pair.replicate("Live");
      long created = create(target, pair, target.settings().warmup());
      await(pair.receiver(), "Live", created);
      long cpu = pair.cpuMicros();
      long begin = System.nanoTime();
      long all = created + create(target, pair, target.settings().seconds());
      long arrived = await(pair.receiver(), "Live", all);
      out.put("p2p.replicate_live", figure(pair, arrived - created, begin, cpu));
    }
  }

  /** How many were created. */
  private static long create(Target target, PeerPair pair, double seconds) throws IOException {
    long first = target.numbers();
    AtomicLong created = new AtomicLong();
    new Load(pair.writer(), 16)
        .forSeconds(
            0,
            seconds,
            1,
            (connection, number) -> {
              create(connection, "Live", first + number);
              created.incrementAndGet();
            });
    return created.get();
  }

  /** From the answer of an update to the new value in the receiver's answer, one at a time. */
  private static void gossip(Target target, Stage.Sink out) throws IOException {
    try (PeerPair pair = PeerPair.start(target);
        HttpConnection updates = pair.writer().connect();
        HttpConnection reads = pair.receiver().connect()) {
      pair.define("Followed");
      pair.follow("Followed");
      awaitTopic(target, updates, reads);
      String[] docIds = new String[FOLLOWED];
      for (int i = 0; i < FOLLOWED; i++) {
        String created = create(updates, "Followed", target.numbers());
        docIds[i] = GraphqlText.member(created, "_docID");
        awaitAge(reads, docIds[i], "");
      }
      long warm = System.nanoTime() + (long) (target.settings().warmup() * 1e9);
      long number = 1_000;
      while (System.nanoTime() < warm) {
        update(updates, reads, docIds, number++);
      }
      double[] millis = new double[UPDATES];
      for (int i = 0; i < UPDATES; i++) {
        millis[i] = update(updates, reads, docIds, number++);
      }
      Arrays.sort(millis);
      out.put("p2p.gossip_p50", Figure.of(millis[UPDATES / 2]));
      out.put("p2p.gossip_p99", Figure.of(millis[UPDATES * 99 / 100]));
    }
  }

  /** What is created before the writer knows of the subscription does not arrive. */
  private static void awaitTopic(Target target, HttpConnection updates, HttpConnection reads)
      throws IOException {
    for (int i = 0; i < LIMIT_SECONDS; i++) {
      String created = create(updates, "Followed", target.numbers());
      if (awaitAge(reads, GraphqlText.member(created, "_docID"), "") < 1_000) {
        return;
      }
    }
    throw new IOException("nothing was heard of the topic");
  }

  private static double update(
      HttpConnection updates, HttpConnection reads, String[] docIds, long number)
      throws IOException {
    String docId = docIds[(int) (number % docIds.length)];
    updates.graphql(
        "mutation { update_Followed(docID: \""
            + docId
            + "\", input: {age: "
            + number
            + "}) { _docID } }");
    return awaitAge(reads, docId, Long.toString(number));
  }

  /** Milliseconds until the document has this age, any when empty; the limit when it never has. */
  private static double awaitAge(HttpConnection reads, String docId, String age)
      throws IOException {
    long begin = System.nanoTime();
    String query = "{ Followed(docID: \"" + docId + "\") { age } }";
    while (!reads.graphql(query).contains("\"age\":" + age)
        && System.nanoTime() - begin < LATE_NANOS) {
      LockSupport.parkNanos(100_000);
    }
    return (System.nanoTime() - begin) / 1e6;
  }

  /** One document with many commits, brought to a node that has none of it. */
  private static void history(Target target, Stage.Sink out, String name, int commits)
      throws IOException {
    try (PeerPair pair = PeerPair.start(target)) {
      warm(target, pair);
      pair.define("Deep");
      try (HttpConnection updates = pair.writer().connect();
          HttpConnection reads = pair.receiver().connect()) {
        String docId = GraphqlText.member(create(updates, "Deep", target.numbers()), "_docID");
        for (int i = 1; i < commits; i++) {
          updates.graphql(
              "mutation { update_Deep(docID: \""
                  + docId
                  + "\", input: {age: "
                  + (1_000 + i)
                  + "}) { _docID } }");
        }
        String last = "\"age\":" + (1_000 + commits - 1);
        long cpu = pair.cpuMicros();
        long begin = System.nanoTime();
        long deadline = begin + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        pair.replicate("Deep");
        boolean isHere = false;
        while (!isHere && System.nanoTime() < deadline) {
          LockSupport.parkNanos(5_000_000);
          isHere = reads.graphql("{ Deep { age } }").contains(last);
        }
        if (!isHere) {
          throw new IOException(
              "a history of " + commits + " did not come in " + LIMIT_SECONDS + " s");
        }
        out.put(name, figure(pair, commits, begin, cpu));
      }
    }
  }
}

package io.defradb.benchmarks.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;

/** Both nodes, asked the same; tells and counts where they differ. For one thread. */
final class Pair implements AutoCloseable {
  private static final int REPEATS = 5;

  private final Node tested;
  private final Node yardstick;
  private final PrintStream out;
  private final Tally tally;
  private final boolean isTraced;

  private Pair(Node tested, Node yardstick, PrintStream out, Tally tally, boolean isTraced) {
    this.isTraced = isTraced;
    this.tested = tested;
    this.yardstick = yardstick;
    this.out = out;
    this.tally = tally;
  }

  static Pair start(Options options, PrintStream out, Tally tally) throws IOException {
    int port = options.port();
    Node tested = Node.start(options.nodes().get(0), options.data().resolve("node"), port);
    try {
      return new Pair(
          tested,
          Node.start(options.nodes().get(1), options.data().resolve("other"), port + 2),
          out,
          tally,
          options.isTraced());
    } catch (IOException failure) {
      tested.close();
      throw failure;
    }
  }

  boolean isAlive() {
    return tested.isAlive() && yardstick.isAlive();
  }

  /**
   * The tested node's answer when both say the same; an answer of the yardstick's that varies, or a
   * failure inside it, is no difference.
   */
  Outcome ask(String context, Question question) {
    Answer expected = yardstick.ask(question);
    Answer actual = tested.ask(question);
    if (isTraced && question.isWrite()) {
      out.println("asked " + question + "\n  -> " + expected.body().strip());
    }
    tally.asked++;
    boolean isNothing = question.path().equals("/graphql") && expected.body().isEmpty();
    if (expected.isBroken() || isNothing) {
      tally.broken++;
      if (actual.isBroken()) {
        tell(context, question, expected, actual);
      }
      return new Outcome(false, Json.parse(actual.body()));
    }
    if (actual.saysTheSameAs(expected)) {
      if (Json.parse(actual.body()).has("errors")) {
        tally.refused++;
      }
      return new Outcome(true, Json.parse(actual.body()));
    }
    for (int i = 0; i < REPEATS && !question.isWrite(); i++) {
      Answer again = yardstick.ask(question);
      if (!again.saysTheSameAs(expected)) {
        tally.varying++;
        return new Outcome(true, Json.parse(actual.body()));
      }
    }
    tell(context, question, expected, actual);
    return new Outcome(false, Json.parse(actual.body()));
  }

  private void tell(String context, Question question, Answer expected, Answer actual) {
    tally.differing++;
    out.println("DIFFERS " + context);
    out.println("  asked    " + question);
    out.println("  expected " + expected.status() + " " + expected.body().strip());
    out.println("  actual   " + actual.status() + " " + actual.body().strip());
  }

  @Override
  public void close() {
    tested.close();
    yardstick.close();
  }

  /** Whether both said the same, and what the tested node said. */
  record Outcome(boolean isSame, JsonNode answer) {}
}

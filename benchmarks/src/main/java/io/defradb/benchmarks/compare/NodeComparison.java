package io.defradb.benchmarks.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;

/**
 * Does a node answer as another one, whatever it is asked?
 *
 * <p>Every seed makes collections, documents, mutations and questions, sends each to both nodes and
 * compares status and body; a seed asks the same every time. On demand, not part of a build.
 * Command: {@code java -cp 'benchmarks/target/benchmarks.jar:benchmarks/target/lib/*'
 * io.defradb.benchmarks.compare.NodeComparison --node 'bin/defradb start --store memory
 * --no-keyring --no-p2p --no-signing --rootdir {rootdir} --url 127.0.0.1:{port}' --node '...'}.
 */
public final class NodeComparison {
  private static final int TIME_TRAVELS = 4;

  private final Options options;
  private final PrintStream out;
  private final Tally tally = new Tally();

  private NodeComparison(Options options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  public static void main(String[] arguments) throws IOException {
    Options options;
    try {
      options = Options.parse(arguments);
    } catch (IllegalArgumentException fault) {
      System.err.println(fault.getMessage());
      System.err.print(Options.USAGE);
      System.exit(2);
      return;
    }
    NodeComparison comparison = new NodeComparison(options, System.out);
    comparison.run();
    System.out.println(comparison.tally);
    System.exit(comparison.tally.differing == 0 ? 0 : 1);
  }

  private void run() throws IOException {
    Pair pair = Pair.start(options, out, tally);
    try {
      for (int i = 0; i < options.seeds(); i++) {
        if (i > 0 && (i % options.keep() == 0 || !pair.isAlive())) {
          pair.close();
          pair = Pair.start(options, out, tally);
        }
        compare(pair, options.from() + i);
      }
    } finally {
      pair.close();
    }
  }

  private void compare(Pair pair, long seed) {
    Chance chance = new Chance(seed);
    World world = World.of(seed, chance);
    Documents documents = new Documents();
    Filters filters = new Filters(world, chance, documents);
    Writes writes = new Writes(world, chance, filters, documents);
    Questions questions = new Questions(world, chance, filters, documents);
    String name = "seed " + seed;
    long before = tally.differing;
    Pair.Outcome made = pair.ask(name, new Question("POST", "/schema", world.sdl(), true));
    if (made.isSame() && write(pair, name, world, writes, documents, chance)) {
      for (int i = 0; i < options.reads(); i++) {
        pair.ask(name + " question " + i, questions.next());
      }
      for (int i = 0; i < TIME_TRAVELS && world.hasEqualCommits(); i++) {
        Type type = chance.pick(world.types());
        if (type.links().stream().noneMatch(Link::isPrimary)) { // an unset key stops the yardstick
          pair.ask(name + " as of", questions.timeTravel(type));
        }
      }
    }
    if (tally.differing > before) {
      out.println(world.sdl());
    }
  }

  /** False when the nodes hold different data after it, so that questions would tell nothing. */
  private boolean write(
      Pair pair, String name, World world, Writes writes, Documents documents, Chance chance) {
    int total = options.documents() * world.types().size();
    for (int i = 0; i < total; i++) {
      Type type = chance.pick(world.types());
      Question question = chance.oneIn(20) ? writes.several(i) : writes.create(type, i);
      if (!pair.ask(name + " create " + i, question).isSame()) {
        return false;
      }
      learn(pair, type, documents);
    }
    for (int i = 0; i < total / 2; i++) {
      Type type = chance.pick(world.types());
      if (!pair.ask(name + " change " + i, writes.change(type, i)).isSame()) {
        return false;
      }
    }
    for (Type type : world.types()) {
      learn(pair, type, documents);
      if (!world.hasEqualCommits()) {
        continue;
      }
      String docId = documents.any(type, chance);
      Question commits =
          Question.read("{commits(docID: \"" + docId + "\") {cid height docID fieldName delta}}");
      Pair.Outcome known = pair.ask(name + " commits", commits);
      if (!known.isSame()) {
        return false;
      }
      known
          .answer()
          .path("data")
          .path("commits")
          .forEach(commit -> documents.knowCommit(type, commit.path("cid").asText()));
    }
    return true;
  }

  private static void learn(Pair pair, Type type, Documents documents) {
    JsonNode rows =
        pair.ask("documents", Question.read("{" + type.name() + " {_docID}}"))
            .answer()
            .path("data")
            .path(type.name());
    rows.forEach(row -> documents.know(type, row.path("_docID").asText()));
  }
}

package io.defradb.benchmarks.node;

import io.defradb.benchmarks.node.Target.Store;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Creates and updates of documents with five fields. */
final class Writing {
  static final String COLLECTION = "Person";
  private static final int BATCH = 100;
  private static final int SPREAD = 2_000;

  private Writing() {}

  static List<Stage> stages() {
    return List.of(
        new Stage(List.of("create.cold_first"), true, Writing::measureCold),
        Stage.of("create.1conn", target -> create(target, 1)),
        Stage.of("create.16conn", target -> create(target, 16)),
        Stage.of("create.batch100", target -> batches(target, Writing::createBatch)),
        Stage.of("create.rest100", target -> batches(target, Writing::postBatch)),
        Stage.of("update.spread.1conn", target -> update(target, 1, SPREAD)),
        Stage.of("update.spread.16conn", target -> update(target, 16, SPREAD)),
        Stage.of("update.hot.1conn", Writing::updateHot));
  }

  /** The node with the collection that is written to. */
  static NodeProcess node(Target target) throws IOException {
    NodeProcess node = target.node(Store.WRITTEN);
    Target.define(node, COLLECTION, People.sdl(COLLECTION));
    return node;
  }

  private static void measureCold(Target target, Stage.Sink out) throws IOException {
    target.erase(Store.WRITTEN);
    NodeProcess node = node(target);
    long first = target.numbers();
    double seconds = target.settings().seconds();
    out.put(
        "create.cold_first",
        new Load(node, 1)
            .forSeconds(0, seconds, 1, (connection, number) -> create(connection, first + number)));
  }

  private static Figure create(Target target, int connections) throws IOException {
    long first = target.numbers();
    return new Load(node(target), connections)
        .forSeconds(
            target.settings().warmup(),
            target.settings().seconds(),
            1,
            (connection, number) -> create(connection, first + number));
  }

  static String create(HttpConnection connection, long number) throws IOException {
    return connection.graphql(
        "mutation { create_" + COLLECTION + "(input: " + People.input(number) + ") { _docID } }");
  }

  private interface Batch {
    void write(HttpConnection connection, LongStream numbers) throws IOException;
  }

  private static Figure batches(Target target, Batch batch) throws IOException {
    long first = target.numbers();
    return new Load(node(target), 1)
        .forSeconds(
            target.settings().warmup(),
            target.settings().seconds(),
            BATCH,
            (connection, number) -> {
              long from = first + number * BATCH;
              batch.write(connection, LongStream.range(from, from + BATCH));
            });
  }

  private static void createBatch(HttpConnection connection, LongStream numbers)
      throws IOException {
    String inputs = numbers.mapToObj(People::input).collect(Collectors.joining(", ", "[", "]"));
    connection.graphql("mutation { create_" + COLLECTION + "(input: " + inputs + ") { _docID } }");
  }

  private static void postBatch(HttpConnection connection, LongStream numbers) throws IOException {
    String documents = numbers.mapToObj(People::json).collect(Collectors.joining(", ", "[", "]"));
    connection.request("POST", "/collections/" + COLLECTION, documents);
  }

  private static Figure update(Target target, int connections, int documents) throws IOException {
    NodeProcess node = node(target);
    List<String> docIds = docIds(target, node, documents);
    long first = target.numbers();
    return new Load(node, connections)
        .forSeconds(
            target.settings().warmup(),
            target.settings().seconds(),
            1,
            (connection, number) ->
                update(connection, docIds.get((int) (number % docIds.size())), first + number));
  }

  /** One document with 300 versions before it is measured. */
  private static Figure updateHot(Target target) throws IOException {
    NodeProcess node = node(target);
    String docId;
    try (HttpConnection connection = node.connect()) {
      docId = GraphqlText.member(create(connection, target.numbers()), "_docID");
    }
    long first = target.numbers();
    Load load = new Load(node, 1);
    load.times(300, 1, (connection, number) -> update(connection, docId, first + number));
    return load.forSeconds(
        0,
        target.settings().seconds(),
        1,
        (connection, number) -> update(connection, docId, first + 300 + number));
  }

  static void update(HttpConnection connection, String docId, long value) throws IOException {
    connection.graphql(
        "mutation { update_"
            + COLLECTION
            + "(docID: \""
            + docId
            + "\", input: {age: "
            + value % 1_000_000_000
            + "}) { _docID } }");
  }

  /** DocIDs of documents that are there, created when there are too few. */
  static List<String> docIds(Target target, NodeProcess node, int count) throws IOException {
    List<String> known = Target.docIds(node, COLLECTION, count);
    if (known.size() < count) {
      long first = target.numbers();
      new Load(node, 16)
          .times(
              count - known.size(), 1, (connection, number) -> create(connection, first + number));
      known = Target.docIds(node, COLLECTION, count);
    }
    return known;
  }
}

package io.defradb.benchmarks.node;

import java.io.IOException;
import java.util.List;

/** Documents read by DocID, by scan and by index. */
final class Reading {
  private static final String ALL_FIELDS = " { _docID name age points verified city }";
  private static final int KNOWN_DOCUMENTS = 10_000;

  private Reading() {}

  static List<Stage> stages() {
    String big = Loading.BIG;
    return List.of(
        Stage.of("read.get.1conn", target -> get(target, 1)),
        Stage.of("read.get.16conn", target -> get(target, 16)),
        query("read.scan_mid", Loading.MID + ALL_FIELDS),
        query("read.scan_big", big + ALL_FIELDS),
        query("read.filter_ge_noindex", big + "(filter: {age: {_ge: 90}})" + ALL_FIELDS),
        query("read.filter_like_noindex", big + "(filter: {name: {_like: \"%77%\"}})" + ALL_FIELDS),
        query("read.order_limit10", big + "(order: {points: DESC}, limit: 10)" + ALL_FIELDS),
        query(
            "read.group_aggregate",
            big + "(groupBy: [city]) { city _count(_group: {}) _avg(_group: {field: points}) }"),
        query("read.count_all", "_count(" + big + ": {})"),
        Stage.of("index.build_big", Reading::buildIndex),
        indexed("read.filter_eq_index", "city", "(filter: {city: {_eq: \"City 42\"}})"),
        indexed("read.filter_range_index", "age", "(filter: {age: {_ge: 98}})"));
  }

  private static Figure get(Target target, int connections) throws IOException {
    NodeProcess node = Loading.node(target);
    List<String> docIds = Target.docIds(node, Loading.MID, KNOWN_DOCUMENTS);
    return new Load(node, connections)
        .forSeconds(
            target.settings().warmup(),
            target.settings().seconds(),
            1,
            (connection, number) ->
                connection.graphql(
                    "{ "
                        + Loading.MID
                        + "(docID: \""
                        + docIds.get((int) (number * 7_919 % docIds.size()))
                        + "\")"
                        + ALL_FIELDS
                        + " }"));
  }

  private static Stage query(String name, String query) {
    return Stage.of(name, target -> Repeated.query(target, Loading.node(target), query));
  }

  private static Stage indexed(String name, String field, String filter) {
    return Stage.of(
        name,
        target -> {
          NodeProcess node = Loading.node(target);
          ensureIndex(node, field);
          return Repeated.query(target, node, Loading.BIG + filter + ALL_FIELDS);
        });
  }

  /** Documents a second of an index that is made over all of them, and dropped before. */
  private static Figure buildIndex(Target target) throws IOException {
    NodeProcess node = Loading.node(target);
    double documents = target.settings().documents();
    try (HttpConnection connection = node.connect()) {
      if (hasIndex(connection, "age")) {
        connection.request("DELETE", "/collections/" + Loading.BIG + "/indexes/by_age", "");
      }
      long cpu = node.cpuMicros();
      long begin = System.nanoTime();
      createIndex(connection, "age");
      double seconds = (System.nanoTime() - begin) / 1e9;
      return new Figure(documents / seconds, (node.cpuMicros() - cpu) / documents);
    }
  }

  private static void ensureIndex(NodeProcess node, String field) throws IOException {
    try (HttpConnection connection = node.connect()) {
      if (!hasIndex(connection, field)) {
        createIndex(connection, field);
      }
    }
  }

  private static boolean hasIndex(HttpConnection connection, String field) throws IOException {
    return connection
        .request("GET", "/collections/" + Loading.BIG + "/indexes", "")
        .contains("\"by_" + field + "\"");
  }

  private static void createIndex(HttpConnection connection, String field) throws IOException {
    connection.request(
        "POST",
        "/collections/" + Loading.BIG + "/indexes",
        "{\"Name\":\"by_" + field + "\",\"Fields\":[{\"Name\":\"" + field + "\"}]}");
  }
}

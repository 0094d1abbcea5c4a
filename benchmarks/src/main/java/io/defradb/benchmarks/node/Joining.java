package io.defradb.benchmarks.node;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Joins of few with many documents: a hundredth of all documents belong to ten others. */
final class Joining {
  private static final int ONES = 10;

  private Joining() {}

  static List<Stage> stages() {
    return List.of(
        query("read.join_1n_index", "Author { name books { title pages } }"),
        query("read.join_1n_noindex", "Writer { name novels { title pages } }"),
        query("read.join_n1", "Novel { title pages writer { name } }"));
  }

  private static Stage query(String name, String query) {
    return Stage.of(name, target -> Repeated.query(target, node(target), query));
  }

  private static NodeProcess node(Target target) throws IOException {
    NodeProcess node = Loading.node(target);
    fill(target, node, "Author", "Book", " @index");
    fill(target, node, "Writer", "Novel", "");
    return node;
  }

  private static void fill(
      Target target, NodeProcess node, String one, String many, String directive)
      throws IOException {
    String key = one.toLowerCase(java.util.Locale.ROOT);
    String list = many.toLowerCase(java.util.Locale.ROOT) + "s";
    Target.define(
        node,
        one,
        "type "
            + one
            + " { name: String "
            + list
            + ": ["
            + many
            + "] } type "
            + many
            + " { title: String pages: Int "
            + key
            + ": "
            + one
            + directive
            + " }");
    if (Target.docIds(node, one, 1).size() > 0) {
      return;
    }
    List<String> docIds = new ArrayList<>();
    try (HttpConnection connection = node.connect()) {
      for (int i = 0; i < ONES; i++) {
        String made =
            connection.graphql(
                "mutation { create_"
                    + one
                    + "(input: {name: \""
                    + one
                    + " "
                    + i
                    + "\"}) { _docID } }");
        docIds.add(GraphqlText.member(made, "_docID"));
      }
    }
    new Load(node, 4)
        .times(
            target.settings().documents() / 100,
            1,
            (connection, number) ->
                connection.graphql(
                    "mutation { create_"
                        + many
                        + "(input: {title: \""
                        + many
                        + " "
                        + number
                        + "\", pages: "
                        + number % 900
                        + ", "
                        + key
                        + "_id: \""
                        + docIds.get((int) (number % ONES))
                        + "\"}) { _docID } }"));
  }
}

package io.defradb.benchmarks.node;

import java.io.IOException;
import java.util.List;

/** The commits of documents: of new ones, and of some that were updated 50 times. */
final class History {
  private static final String FIELDS =
      " { cid height fieldName delta signature { type identity value } links { cid } }";
  private static final String DEEP = "Deep";
  private static final int DEEP_DOCUMENTS = 4;
  private static final int DEEP_UPDATES = 50;

  private History() {}

  static List<Stage> stages() {
    return List.of(
        Stage.of(
            "read.commits_deep50",
            target -> ask(target, "commits", docIds(target, node(target), DEEP))),
        Stage.of(
            "read.commits",
            target -> ask(target, "commits", docIds(target, Loading.node(target), Loading.MID))),
        Stage.of(
            "read.latest_commits",
            target ->
                ask(target, "latestCommits", docIds(target, Loading.node(target), Loading.MID))));
  }

  private static List<String> docIds(Target target, NodeProcess node, String collection)
      throws IOException {
    return Target.docIds(node, collection, target.settings().documents() / 10);
  }

  private static Figure ask(Target target, String query, List<String> docIds) throws IOException {
    return new Load(Loading.node(target), 1)
        .forSeconds(
            target.settings().warmup(),
            target.settings().seconds(),
            1,
            (connection, number) ->
                connection.graphql(
                    "{ "
                        + query
                        + "(docID: \""
                        + docIds.get((int) (number % docIds.size()))
                        + "\")"
                        + FIELDS
                        + " }"));
  }

  private static NodeProcess node(Target target) throws IOException {
    NodeProcess node = Loading.node(target);
    Target.define(node, DEEP, People.sdl(DEEP));
    try (HttpConnection connection = node.connect()) {
      for (int made = Target.docIds(node, DEEP, DEEP_DOCUMENTS).size();
          made < DEEP_DOCUMENTS;
          made++) {
        String answer =
            connection.graphql(
                "mutation { create_" + DEEP + "(input: " + People.input(made) + ") { _docID } }");
        String docId = GraphqlText.member(answer, "_docID");
        for (int i = 0; i < DEEP_UPDATES; i++) {
          connection.graphql(
              "mutation { update_"
                  + DEEP
                  + "(docID: \""
                  + docId
                  + "\", input: {age: "
                  + (1000 + i)
                  + "}) { _docID } }");
        }
      }
    }
    return node;
  }
}

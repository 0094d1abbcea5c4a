package io.defradb.query;

import static io.defradb.query.Requests.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.acp.Asker;
import io.defradb.crdt.Delta;
import io.defradb.dag.Block;
import io.defradb.dag.DagLink;
import io.defradb.db.CommitReader.DocumentHeads;
import io.defradb.db.CommitReader.FieldHeads;
import io.defradb.document.DocId;
import io.defradb.document.JsonWriter;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.query.operator.QueryLimits;
import io.defradb.request.CommitSelect;
import io.defradb.request.CommitSelect.Kind;
import io.defradb.request.Filter;
import io.defradb.request.Page;
import io.defradb.request.Select;
import io.defradb.request.Selection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class CommitQueryTest {
  private static final DocId DOC = new DocId("a");
  private static final Cid AGE_1 = cid("age 1");
  private static final Cid AGE_2 = cid("age 2");
  private static final Cid NAME_1 = cid("name 1");
  private static final Cid DOC_1 = cid("doc 1");
  private static final Cid DOC_2 = cid("doc 2");

  private final FakeStore store =
      new FakeStore()
          .put(FakeStore.USER, "a", Map.of())
          .putBlock(AGE_1, block(field("age", 1), List.of(), List.of()))
          .putBlock(AGE_2, block(field("age", 2), List.of(AGE_1), List.of()))
          .putBlock(NAME_1, block(field("name", 1), List.of(), List.of()))
          .putBlock(
              DOC_1,
              block(
                  new Delta.Composite(DOC, 1, "v", 1),
                  List.of(),
                  List.of(new DagLink("age", AGE_1), new DagLink("name", NAME_1))))
          .putBlock(
              DOC_2,
              block(
                  new Delta.Composite(DOC, 2, "v", 1),
                  List.of(DOC_1),
                  List.of(new DagLink("age", AGE_2))))
          .putHeads(
              new DocumentHeads(
                  DOC,
                  FakeStore.USER.collectionId(),
                  List.of(DOC_2),
                  List.of(
                      new FieldHeads("age", 2, List.of(AGE_2)),
                      new FieldHeads("name", 10, List.of(NAME_1)))));

  private static Cid cid(String text) {
    return Cid.of(Cid.DAG_CBOR, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Delta field(String name, long height) {
    return new Delta.Lww(DOC, name, height, "v", Bytes.hex("181f"));
  }

  private static Block block(Delta delta, List<Cid> heads, List<DagLink> links) {
    return new Block(delta, heads, links, null, null);
  }

  private static CommitSelect commits(
      Kind kind,
      @Nullable String cid,
      @Nullable String fieldName,
      @Nullable Long depth,
      Selection... selections) {
    return new CommitSelect(
        "c", kind, "a", cid, fieldName, false, depth, null, null, Page.WHOLE, List.of(selections));
  }

  private static Selection part(String name, String... fields) {
    var selections = new ArrayList<Selection>();
    for (String field : fields) {
      selections.add(Requests.field(field));
    }
    return new CommitSelect(
        name, Kind.PART, null, null, name, false, null, null, null, Page.WHOLE, selections);
  }

  private String run(CommitSelect select) {
    var out = new JsonWriter();
    new RequestRunner(QueryLimits.DEFAULT).run(query(select), store, Asker.ANONYMOUS, out);
    return new String(out.toBytes(), StandardCharsets.UTF_8);
  }

  private static final Selection HEIGHT = Requests.field("height");
  private static final Selection FIELD_NAME = Requests.field("fieldName");

  @Test
  void givenADocument_whenItsCommitsAreAsked_thenFieldsComeByNumberAsTextAndTheDocumentLast() {
    assertThat(run(commits(Kind.COMMITS, null, null, null, HEIGHT, FIELD_NAME)))
        .isEqualTo(
            """
            {"c":[{"fieldName":"name","height":1},{"fieldName":"age","height":2},\
            {"fieldName":"age","height":1},{"fieldName":"_C","height":2},{"fieldName":"_C","height":1}]}""");
  }

  @Test
  void givenADepth_whenCommitsAreAsked_thenEachHeadIsFollowedSoFar() {
    assertThat(run(commits(Kind.COMMITS, null, "age", 1L, HEIGHT)))
        .isEqualTo("{\"c\":[{\"height\":2}]}");
    assertThat(run(commits(Kind.COMMITS, DOC_2.toString(), null, null, HEIGHT)))
        .isEqualTo("{\"c\":[{\"height\":2}]}");
    assertThat(run(commits(Kind.COMMITS, DOC_2.toString(), null, 5L, HEIGHT)))
        .isEqualTo("{\"c\":[{\"height\":2},{\"height\":1}]}");
  }

  @Test
  void givenLatestCommits_whenAsked_thenTheHeadAnswersWithLinksHeadsFirst() {
    assertThat(
            run(
                commits(
                    Kind.LATEST_COMMITS,
                    null,
                    null,
                    null,
                    Requests.field("delta"),
                    part("links", "name", "cid"))))
        .isEqualTo(
            """
            {"c":[{"delta":null,"links":[{"cid":"%s","name":"_head"},{"cid":"%s","name":"age"}]}]}"""
                .formatted(DOC_1, AGE_2));
    assertThat(run(commits(Kind.LATEST_COMMITS, null, "age", null, Requests.field("delta"))))
        .isEqualTo("{\"c\":[{\"delta\":\"GB8=\"}]}");
  }

  @Test
  void givenACidOfAnotherField_whenAsked_thenNothingIsAnsweredAtOnce() {
    Assertions.assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () ->
            assertThat(run(commits(Kind.COMMITS, DOC_2.toString(), "age", null, HEIGHT)))
                .isEqualTo("{\"c\":[]}"));
  }

  @Test
  void givenAnUnknownCid_whenAsked_thenItIsNamed() {
    String unknown = cid("unknown").toString();
    assertThatThrownBy(() -> run(commits(Kind.COMMITS, unknown, null, null, HEIGHT)))
        .hasMessage("missing cid\nipld: could not find " + unknown);
  }

  @Test
  void givenVersionWithoutSignatureSelected_whenAsked_thenItAnswers() {
    var version =
        new CommitSelect(
            "_version",
            Kind.VERSION,
            null,
            null,
            null,
            false,
            null,
            null,
            null,
            Page.WHOLE,
            List.of(HEIGHT, part("signature", "type")));
    Select users = Requests.select("User", "User").docIds("a").of(version);
    var out = new JsonWriter();
    new RequestRunner(QueryLimits.DEFAULT).run(query(users), store, Asker.ANONYMOUS, out);
    assertThat(new String(out.toBytes(), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {"User":[{"_version":[{"height":2,"signature":null},{"height":1,"signature":null}]}]}""");
  }

  @Test
  void givenAnEventOfTheLatestCommit_whenItsDocumentIsAnswered_thenOnlyTheFilterHasEffect() {
    store.put(FakeStore.USER, "a", Map.of("age", Requests.number(31)));
    assertThat(event(Requests.where("age", "_gt", Requests.number(30))))
        .isEqualTo("{\"User\":[{\"age\":31}]}");
    assertThat(event(Requests.where("age", "_gt", Requests.number(31)))).isEqualTo("{\"User\":[]}");
  }

  private String event(Filter filter) {
    Select select = Requests.select("User", "User").filter(filter).offset(5).of("age");
    var out = new JsonWriter();
    new RequestRunner(QueryLimits.DEFAULT)
        .runEvent(select, DOC, DOC_2, store, Asker.ANONYMOUS, out);
    return new String(out.toBytes(), StandardCharsets.UTF_8);
  }
}

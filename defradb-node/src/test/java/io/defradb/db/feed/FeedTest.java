package io.defradb.db.feed;

import static io.defradb.db.feed.LogDatabase.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.acp.Asker;
import io.defradb.db.feed.FeedQuery.OriginKind;
import io.defradb.db.feed.FeedQuery.Part;
import io.defradb.db.feed.FeedReader.Stop;
import io.defradb.db.feed.LogDatabase.Change;
import io.defradb.db.log.LogEntry;
import io.defradb.db.log.Origin;
import io.defradb.document.JsonWriter;
import io.defradb.error.DefraException;
import io.defradb.event.EventBus;
import io.defradb.storage.KeyValueStore.Durability;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Places, filters, pages and retention, on a log as it is stored. */
class FeedTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05.123456Z");
  private static final FeedQuery ALL = query(Set.of(), Shard.ALL, Set.of(), Set.of());

  private final LogDatabase database = new LogDatabase();
  private final FeedState state =
      FeedState.open(database.store, Durability.OS, "boot", new Random(1));
  private Instant now = START;
  private final InstantSource clock = () -> now;
  private final Feed feed = new Feed(database, state, new EventBus(), clock);
  private final ImageRetention retention =
      new ImageRetention(database, database.store, state, clock, Duration.ofDays(7));

  private static FeedQuery query(
      Set<String> collections, Shard shard, Set<OriginKind> origins, Set<Part> parts) {
    return new FeedQuery(
        collections, Set.of(), shard, Set.of(LogEntry.Kind.DOCUMENT), origins, parts, false);
  }

  /** Takes {@code room} entries, then is full. */
  private static final class Sheet implements FeedSink {
    final List<Long> seqs = new ArrayList<>();
    final List<String> texts = new ArrayList<>();
    private final int room;

    Sheet(int room) {
      this.room = room;
    }

    @Override
    public void accept(long seq, JsonWriter json) {
      seqs.add(seq);
      texts.add(new String(json.toBytes(), StandardCharsets.UTF_8));
    }

    @Override
    public boolean isFull() {
      return seqs.size() >= room;
    }
  }

  private FeedReader open(long since, FeedQuery query) {
    return feed.open(state.feedId(), new Feed.Start.After(since), query, Asker.ANONYMOUS);
  }

  private List<Long> read(long since, FeedQuery query) {
    var sheet = new Sheet(Integer.MAX_VALUE);
    assertThat(open(since, query).read(sheet, Long.MAX_VALUE)).isEqualTo(Stop.END);
    return sheet.seqs;
  }

  private void append(Change... changes) {
    database.append(now, changes);
  }

  @Test
  void entriesComeInOrderFromAnyPlace() {
    append(change("User", "bae-1", 1), change("User", "bae-2", 2));
    append(change("Post", "bae-3", 3));
    assertThat(read(0, ALL)).containsExactly(1L, 2L, 3L);
    assertThat(read(1, ALL)).containsExactly(2L, 3L);
    assertThat(read(3, ALL)).isEmpty();
  }

  @Test
  void anEntrySaysWhatTheContractShows() {
    append(change("User", "bae-1", 1), change("User", "bae-2", 2));
    var sheet = new Sheet(10);
    open(1, query(Set.of(), Shard.ALL, Set.of(), Set.of(Part.AFTER, Part.BEFORE))).read(sheet, 10);
    assertThat(sheet.texts.get(0))
        .startsWith(
            "{\"seq\":2,\"txn\":{\"id\":1,\"index\":1,\"size\":2},\"kind\":\"document\","
                + "\"op\":\"update\",\"cid\":\"bafy")
        .endsWith(
            "\"docID\":\"bae-2\",\"collection\":\"User\",\"collectionID\":\"id-User\","
                + "\"schemaVersionID\":\"id-User\",\"fields\":[\"age\"],\"height\":1,\"heads\":[],"
                + "\"time\":\"2026-01-02T03:04:05.123456Z\",\"origin\":{\"kind\":\"local\"},"
                + "\"before\":null,\"after\":{\"age\":2}}");
  }

  private static FeedQuery folded(FeedQuery query) {
    return new FeedQuery(
        query.collections(),
        query.docIds(),
        query.shard(),
        query.kinds(),
        query.origins(),
        query.parts(),
        true);
  }

  private static Change did(String docId, LogEntry.Op op) {
    return new Change("User", docId, op, Origin.LOCAL, 1);
  }

  @Test
  void givenATransaction_whenFolded_thenEachDocumentIsOneEntryAtItsLastPlace() {
    append(
        did("bae-1", LogEntry.Op.CREATE),
        did("bae-2", LogEntry.Op.UPDATE),
        did("bae-1", LogEntry.Op.UPDATE),
        did("bae-3", LogEntry.Op.CREATE),
        did("bae-2", LogEntry.Op.DELETE),
        did("bae-3", LogEntry.Op.DELETE));
    append(did("bae-1", LogEntry.Op.UPDATE));
    var sheet = new Sheet(10);
    FeedReader reader = open(0, folded(ALL));
    assertThat(reader.read(sheet, Long.MAX_VALUE)).isEqualTo(Stop.END);
    assertThat(sheet.seqs).containsExactly(3L, 4L, 5L, 6L, 7L);
    assertThat(sheet.texts.stream().map(text -> text.replaceAll(".*\"op\":\"(\\w+)\".*", "$1")))
        .containsExactly("create", "create", "delete", "delete", "update");
    assertThat(reader.lastSeq()).isEqualTo(7);
  }

  @Test
  void givenAReaderThatPauses_whenFolded_thenItGoesOnWithinTheTransaction() {
    append(
        did("bae-1", LogEntry.Op.CREATE),
        did("bae-2", LogEntry.Op.CREATE),
        did("bae-1", LogEntry.Op.UPDATE));
    FeedReader reader = open(0, folded(ALL));
    var first = new Sheet(1);
    assertThat(reader.read(first, 1)).isEqualTo(Stop.PAUSE);
    assertThat(first.seqs).containsExactly(2L);
    assertThat(reader.lastSeq()).isZero();
    var second = new Sheet(5);
    assertThat(reader.read(second, 1)).isEqualTo(Stop.END);
    assertThat(second.seqs).containsExactly(3L);
    assertThat(reader.lastSeq()).isEqualTo(3);
  }

  @Test
  void aPageEndsWithAWholeTransaction() {
    append(change("User", "bae-1", 1), change("User", "bae-2", 2), change("User", "bae-3", 3));
    append(change("User", "bae-4", 4));
    FeedReader reader = open(0, ALL);
    var sheet = new Sheet(10);
    assertThat(reader.read(sheet, 1)).isEqualTo(Stop.LIMIT);
    assertThat(sheet.seqs).containsExactly(1L, 2L, 3L);
    assertThat(reader.lastSeq()).isEqualTo(3);
  }

  @Test
  void filteredEntriesMoveTheReaderOn() {
    append(change("User", "bae-1", 1));
    append(change("Post", "bae-2", 1));
    append(new Change("User", "bae-3", LogEntry.Op.CREATE, new Origin.Ingest("orders"), 1));
    FeedQuery posts = query(Set.of("Post"), Shard.ALL, Set.of(), Set.of());
    FeedReader reader = open(0, posts);
    var sheet = new Sheet(10);
    assertThat(reader.read(sheet, 10)).isEqualTo(Stop.END);
    assertThat(sheet.seqs).containsExactly(2L);
    assertThat(reader.lastSeq()).isEqualTo(3);
    assertThat(read(0, query(Set.of(), Shard.ALL, Set.of(OriginKind.INGEST), Set.of())))
        .containsExactly(3L);
  }

  @Test
  void hiddenDocumentsLeaveHoles() {
    append(change("User", "bae-1", 1), change("User", "bae-2", 1), change("User", "bae-3", 1));
    database.hide(Set.of("bae-2"));
    assertThat(read(0, ALL)).containsExactly(1L, 3L);
  }

  /** However a reader is cut off, and wherever it resumes, it sees each entry once. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void resumingAnywhereLosesAndDoublesNothing(long seed) {
    var random = new Random(seed);
    var got = new ArrayList<Long>();
    long written = 0;
    long since = 0;
    for (int round = 0; round < 200; round++) {
      var changes = new Change[random.nextInt(6)];
      for (int i = 0; i < changes.length; i++) {
        changes[i] = change("User", "bae-" + random.nextInt(20), i);
      }
      append(changes);
      written += changes.length;
      FeedReader reader = open(since, ALL);
      var sheet = new Sheet(1 + random.nextInt(8));
      for (int reads = random.nextInt(3); reads > 0; reads--) {
        reader.read(sheet, 1 + random.nextInt(10));
      }
      got.addAll(sheet.seqs);
      since = reader.lastSeq();
    }
    got.addAll(read(since, ALL));
    assertThat(got).hasSize((int) written).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void shardsTogetherAreTheWholeFeed() {
    for (int i = 0; i < 60; i++) {
      append(change("User", "bae-" + i, 1));
    }
    var all = new TreeMap<Long, Integer>();
    for (int shard = 0; shard < 4; shard++) {
      for (long seq : read(0, query(Set.of(), new Shard(shard, 4), Set.of(), Set.of()))) {
        all.merge(seq, 1, Integer::sum);
      }
    }
    assertThat(all).hasSize(60).allSatisfy((seq, times) -> assertThat(times).isEqualTo(1));
  }

  @Test
  void nowMeansOnlyWhatComes() {
    append(change("User", "bae-1", 1));
    FeedReader reader = feed.open(null, new Feed.Start.Now(), ALL, Asker.ANONYMOUS);
    append(change("User", "bae-2", 1));
    var sheet = new Sheet(10);
    reader.read(sheet, 10);
    assertThat(sheet.seqs).containsExactly(2L);
  }

  @Test
  void aPlaceOfAnotherFeedOrBeyondTheEndIsGone() {
    append(change("User", "bae-1", 1));
    assertThatThrownBy(() -> feed.open("other", new Feed.Start.After(0), ALL, Asker.ANONYMOUS))
        .isInstanceOfSatisfying(
            FeedGone.class,
            gone -> {
              assertThat(gone.feedId()).isEqualTo(state.feedId());
              assertThat(gone.oldestSeq()).isEqualTo(1);
              assertThat(gone.newestSeq()).isEqualTo(1);
            });
    assertThatThrownBy(() -> open(2, ALL)).isInstanceOf(FeedGone.class);
  }

  @Test
  void aReaderNoticesThatTheFeedWasRenewed() {
    append(change("User", "bae-1", 1));
    FeedReader reader = open(0, ALL);
    state.renew();
    assertThatThrownBy(() -> reader.read(new Sheet(1), 1)).isInstanceOf(FeedGone.class);
  }

  @Test
  void imagesAreRemovedByAgeAndTheirReadersToldSo() {
    FeedQuery images = query(Set.of(), Shard.ALL, Set.of(), Set.of(Part.AFTER));
    append(change("User", "bae-1", 1));
    now = START.plus(Duration.ofDays(5));
    append(change("User", "bae-1", 2));
    retention.sweep();
    assertThat(feed.info().oldestImageSeq()).isEqualTo(1);
    now = START.plus(Duration.ofDays(8));
    retention.sweep();
    assertThat(feed.info().oldestImageSeq()).isEqualTo(2);
    assertThat(feed.info().oldestSeq()).isEqualTo(1);
    assertThatThrownBy(() -> open(0, images))
        .isInstanceOfSatisfying(FeedGone.class, gone -> assertThat(gone.oldestSeq()).isEqualTo(2));
    assertThat(read(1, images)).containsExactly(2L);
    assertThat(read(0, ALL)).containsExactly(1L, 2L);
    FeedState reopened = FeedState.open(database.store, Durability.OS, "boot", new Random(2));
    assertThat(reopened.imagesRemovedUpTo()).isEqualTo(1);
  }

  @Test
  void consumersHoldImagesBackUntilTheyExpire() {
    append(change("User", "bae-1", 1));
    append(change("User", "bae-1", 2));
    append(change("User", "bae-1", 3));
    feed.register("slow", state.feedId(), 2, Duration.ofDays(9));
    assertThat(feed.consumers())
        .containsExactly(
            new Consumer("slow", 2, START.truncatedTo(ChronoUnit.MILLIS).plus(Duration.ofDays(9))));
    now = START.plus(Duration.ofDays(8));
    retention.sweep();
    assertThat(feed.info().oldestImageSeq()).isEqualTo(2);
    now = START.plus(Duration.ofDays(10));
    assertThat(feed.consumers()).isEmpty();
    retention.sweep();
    assertThat(feed.info().oldestImageSeq()).isEqualTo(4);
  }

  @Test
  void aConsumerIsOfThisFeedAndBounded() {
    assertThatThrownBy(() -> feed.register("a", "other", 0, Duration.ofDays(1)))
        .isInstanceOf(FeedGone.class);
    assertThatThrownBy(() -> feed.register("a", state.feedId(), 0, Duration.ofDays(1000)))
        .isInstanceOf(DefraException.class);
    for (int i = 0; i < 1000; i++) {
      feed.register("c" + i, state.feedId(), 0, Duration.ofDays(1));
    }
    feed.register("c7", state.feedId(), 1, Duration.ofDays(1));
    assertThatThrownBy(() -> feed.register("more", state.feedId(), 0, Duration.ofDays(1)))
        .isInstanceOf(DefraException.class);
    feed.unregister("c7");
    feed.register("more", state.feedId(), 0, Duration.ofDays(1));
    assertThat(feed.consumers()).hasSize(1000);
  }
}

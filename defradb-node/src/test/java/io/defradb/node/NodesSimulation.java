package io.defradb.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.db.DocumentWriter.EncryptionChoice;
import io.defradb.db.Transaction;
import io.defradb.db.audit.StoreAudit;
import io.defradb.db.log.LogEntry;
import io.defradb.db.merge.Replica;
import io.defradb.db.merge.Want;
import io.defradb.document.DocId;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.peer.PeerAddresses;
import io.defradb.libp2p.transport.memory.MemoryNetwork;
import io.defradb.multiformats.Cid;
import io.defradb.replication.ReplicatorTarget;
import io.defradb.replication.pushlog.PushLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Nodes that write while all that can go wrong between and inside them does: pipes are cut, hosts
 * kept apart, processes killed, disks full, messages late and doubled. Everything follows from the
 * seed. Who pushes to whom makes a ring, so that everything reaches everybody in the end.
 */
final class NodesSimulation {
  static final String SDL =
      "type User { name: String @index age: Int points: Int @crdt(type: pncounter) weight: Float"
          + " @crdt(type: pncounter) } type Event @branchable { text: String count: Int @crdt(type:"
          + " pcounter) }"
          + ProtectedNotes.SDL;
  private static final List<String> OPEN = List.of("User", "Event");
  private static final List<String> FOLLOWED = List.of("User", "Event", ProtectedNotes.COLLECTION);
  private static final Duration QUIET_LIMIT = Duration.ofMinutes(30);
  private static final int PAUSE_MILLIS_MAX = 400;
  private static final int TROUBLE_MILLIS_MAX = 8_000;
  private static final int USERS = 12;
  private static final int BURST_MAX = 30;
  private static final EncryptionChoice ENCRYPTED = new EncryptionChoice(true, Set.of());

  private final Random random;
  private final MemoryNetwork network;
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final TreeMap<DocId, String> documents = new TreeMap<>();
  private final Map<DocId, Long> points = new HashMap<>();
  private final Map<DocId, Long> counts = new HashMap<>();
  private final Set<Cid> acknowledged = new HashSet<>();
  private final List<Runnable> repairs = new ArrayList<>();
  private final ProtectedNotes notes;

  /** Protected documents are pushed to nobody: only their readers get them. */
  private final boolean isSecret;

  NodesSimulation(long seed, int size) {
    this.random = new Random(seed);
    this.notes = new ProtectedNotes(new Random(seed + 2));
    this.isSecret = seed % 2 == 1;
    this.network = new MemoryNetwork(new Random(seed + 1));
    for (int i = 0; i < size; i++) {
      List<PeerAddresses> peers =
          i == 0 ? List.of() : List.of(nodes.get(random.nextInt(i)).addresses());
      boolean isPlain = random.nextInt(3) == 0;
      nodes.add(
          new SimulatedNode(
              network, "n" + i, SDL, ProtectedNotes.PROTECTION, peers, isPlain, seed * 1_000 + i));
    }
    nodes.forEach(SimulatedNode::start);
    for (SimulatedNode node : nodes) {
      if (random.nextInt(3) > 0) {
        node.replication().collections().add(FOLLOWED);
      }
    }
    run(random.nextInt(3_000));
    for (SimulatedNode node : nodes) {
      pushToNext(node);
    }
  }

  private void pushToNext(SimulatedNode node) {
    SimulatedNode next = nodes.get((nodes.indexOf(node) + 1) % nodes.size());
    node.replication().setReplicator(target(next));
  }

  private ReplicatorTarget target(SimulatedNode node) {
    return node.asTarget(isSecret ? OPEN : List.of());
  }

  private void run(long millis) {
    network.schedule().runFor(Duration.ofMillis(millis));
  }

  void step() {
    SimulatedNode node = any();
    if (node.isRunning()) {
      act(node);
    }
    run(random.nextInt(PAUSE_MILLIS_MAX));
  }

  private SimulatedNode any() {
    return nodes.get(random.nextInt(nodes.size()));
  }

  private void act(SimulatedNode node) {
    switch (random.nextInt(28)) {
      case 0, 1, 2, 3, 4 -> write(node, this::create);
      case 5, 6, 7, 8, 9, 10, 11 -> write(node, this::change);
      case 12 -> write(node, this::delete);
      case 13 -> die(node);
      case 14 -> keepApart(node, any(node));
      case 15 -> isolate(node);
      case 16 -> network.cut(node.name(), any(node).name());
      case 17 -> fill(node);
      case 18, 19 -> repeatLater(node);
      case 20 -> sync(node);
      case 21 -> node.replication().setReplicator(target(any(node)));
      case 22 -> follow(node);
      case 23 -> forget(node);
      case 24 -> hurry(node);
      case 25, 26 -> protect(node);
      default -> network.delay(Duration.ZERO, Duration.ofMillis(1 + random.nextInt(300)));
    }
  }

  private SimulatedNode any(SimulatedNode other) {
    int index = nodes.indexOf(other) + 1 + random.nextInt(nodes.size() - 1);
    return nodes.get(index % nodes.size());
  }

  // Writers.

  private interface Write {
    void run(Replica replica);
  }

  /** What is in the log when the writer has its answer is acknowledged. */
  private void write(SimulatedNode node, Write write) {
    Replica replica = node.replica();
    long before = newestSeq(replica);
    try {
      write.run(replica);
    } catch (DefraException refused) {
      boolean isExpected =
          refused.code() == ErrorCode.STORAGE_FULL
              || refused.getMessage().contains("already exists")
              || refused.getMessage().contains("not found")
              || refused.getMessage().contains("deleted");
      assertThat(isExpected).as(refused.toString()).isTrue();
    }
    for (LogEntry entry : replica.log(before)) {
      Cid cid = entry.cid();
      DocId docId = entry.docId();
      if (cid != null && !(docId != null && isHidden(docId.text()))) {
        acknowledged.add(cid);
      }
    }
  }

  private static long newestSeq(Replica replica) {
    try (Transaction transaction = replica.database().begin(true)) {
      return transaction.log().newestSeq();
    }
  }

  /** The same content on two nodes is the same document, sometimes by different commits. */
  private void create(Replica replica) {
    if (random.nextInt(5) == 0) {
      String secret = "{\"name\":\"s" + random.nextInt(USERS) + "\"}";
      documents.put(replica.create("User", secret, ENCRYPTED), "User");
      return;
    }
    boolean isEvent = random.nextInt(4) == 0;
    String json =
        isEvent
            ? "{\"text\":\"t" + random.nextInt(6) + "\"}"
            : "{\"name\":\"n"
                + random.nextInt(USERS)
                + "\""
                + (random.nextBoolean() ? ",\"age\":null}" : "}");
    String collection = isEvent ? "Event" : "User";
    documents.put(replica.create(collection, json, EncryptionChoice.NONE), collection);
  }

  private void change(Replica replica) {
    if (documents.isEmpty()) {
      return;
    }
    DocId docId = anyDocument();
    long amount = random.nextInt(100);
    if (documents.get(docId).equals("Event")) {
      replica.update("Event", docId, "{\"count\":" + amount + "}");
      counts.merge(docId, amount, Long::sum);
      return;
    }
    String text = random.nextBoolean() ? ",\"name\":\"u" + random.nextInt(50) + "\"" : "";
    long signed = amount - 50;
    replica.update(
        "User", docId, "{\"points\":" + signed + ",\"weight\":" + signed / 4.0 + text + "}");
    points.merge(docId, signed, Long::sum);
  }

  /** A history that others have to catch up with. */
  private void hurry(SimulatedNode node) {
    for (int i = random.nextInt(BURST_MAX); i >= 0; i--) {
      write(node, this::change);
    }
  }

  private void protect(SimulatedNode node) {
    write(node, replica -> notes.act(node, any(node)));
  }

  private void delete(Replica replica) {
    if (!documents.isEmpty()) {
      DocId docId = anyDocument();
      replica.delete(documents.get(docId), docId);
    }
  }

  private DocId anyDocument() {
    return List.copyOf(documents.keySet()).get(random.nextInt(documents.size()));
  }

  // Troubles, each with an end.

  private void later(Runnable repair) {
    repairs.add(repair);
    network
        .schedule()
        .schedule(
            Duration.ofMillis(random.nextInt(TROUBLE_MILLIS_MAX)),
            () -> {
              if (repairs.remove(repair)) {
                repair.run();
              }
            });
  }

  private void die(SimulatedNode node) {
    if (random.nextInt(3) == 0) {
      node.stop();
    } else {
      node.kill();
    }
    later(() -> start(node));
  }

  /** With a full disk it does not come up. */
  private void start(SimulatedNode node) {
    try {
      node.start();
    } catch (DefraException failure) {
      assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE_FULL);
      node.kill();
      later(() -> start(node));
    }
  }

  private void keepApart(SimulatedNode one, SimulatedNode other) {
    network.part(one.name(), other.name());
    later(() -> network.join(one.name(), other.name()));
  }

  private void isolate(SimulatedNode node) {
    nodes.stream().filter(other -> other != node).forEach(other -> keepApart(node, other));
  }

  private void fill(SimulatedNode node) {
    node.disk().setFull(true);
    later(() -> node.disk().setFull(false));
  }

  /** A commit told again, by whoever has it, at any later time, to anybody. */
  private void repeatLater(SimulatedNode node) {
    List<Map.Entry<Cid, String>> tips = List.copyOf(node.replica().tips().entrySet());
    if (tips.isEmpty()) {
      return;
    }
    Map.Entry<Cid, String> tip = tips.get(random.nextInt(tips.size()));
    PushLog log = node.pushLog(tip.getKey(), tip.getValue());
    SimulatedNode to = any(node);
    for (int i = random.nextInt(3); i >= 0; i--) {
      network
          .schedule()
          .schedule(
              Duration.ofMillis(random.nextInt(TROUBLE_MILLIS_MAX)),
              () -> {
                if (node.isRunning()) {
                  node.repeat(log, to.id());
                }
              });
    }
  }

  /** Whether it succeeds depends on who is there. */
  private void sync(SimulatedNode node) {
    if (!notes.docIds().isEmpty() && random.nextInt(4) == 0) {
      List<DocId> all = List.copyOf(notes.docIds());
      String docId = all.get(random.nextInt(all.size())).text();
      node.replication().sync(ProtectedNotes.COLLECTION, List.of(docId), Duration.ofSeconds(5));
    } else if (!documents.isEmpty()) {
      DocId docId = anyDocument();
      node.replication().sync(documents.get(docId), List.of(docId.text()), Duration.ofSeconds(5));
    }
  }

  private void follow(SimulatedNode node) {
    try {
      if (node.replication().collections().names().isEmpty()) {
        node.replication().collections().add(FOLLOWED);
      } else {
        node.replication().collections().remove(List.of("User"));
      }
    } catch (DefraException failure) {
      assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE_FULL);
    }
  }

  private void forget(SimulatedNode node) {
    node.replication().deleteReplicator(target(any(node)));
  }

  // The end.

  /** Ends all troubles and waits until nobody has anything to do. */
  void settle() {
    while (!repairs.isEmpty()) {
      repairs.remove(0).run();
    }
    network.delay(Duration.ofMillis(1), Duration.ofMillis(3));
    if (acknowledged.isEmpty()) {
      write(any(), this::create); // whatever was tried before met a full disk
    }
    nodes.forEach(this::pushToNext);
    long end = network.schedule().nanoTime() + QUIET_LIMIT.toNanos();
    while (!isQuiet() && network.schedule().nanoTime() < end) {
      run(1_000);
    }
  }

  private boolean isQuiet() {
    return nodes.stream().allMatch(node -> node.isCaughtUp() && wants(node).isEmpty())
        && nodes.stream().map(this::heads).distinct().count() == 1;
  }

  // What all are to have: not the documents that only readers get.

  private boolean isHidden(String docId) {
    return isSecret && notes.docIds().contains(new DocId(docId));
  }

  private List<Want> wants(SimulatedNode node) {
    return node.wants().stream()
        .filter(want -> want.docId() == null || !isHidden(want.docId().text()))
        .toList();
  }

  private Set<String> heads(SimulatedNode node) {
    Set<String> heads = new TreeSet<>(node.replica().heads());
    heads.removeIf(head -> isHidden(head.substring(0, head.indexOf(' '))));
    return heads;
  }

  private Map<String, Set<JsonNode>> state(SimulatedNode node) {
    Map<String, Set<JsonNode>> state = node.replica().state();
    if (isSecret) {
      state.remove(ProtectedNotes.COLLECTION);
    }
    return state;
  }

  /** All have the same, all of it, once. */
  void check() {
    SimulatedNode one = nodes.get(0);
    Replica first = one.replica();
    for (SimulatedNode node : nodes) {
      Replica replica = node.replica();
      assertThat(heads(node)).as(node.name()).isEqualTo(heads(one));
      assertThat(state(node)).as(node.name()).isEqualTo(state(one));
      assertThat(blocks(replica)).as(node.name()).isEqualTo(blocks(first));
      assertThat(wants(node)).as(node.name()).isEmpty();
      assertThat(node.isCaughtUp()).as(node.name()).isTrue();
      StoreAudit.run(replica.store(), replica.database());
      List<Cid> logged =
          replica.log(0).stream().map(LogEntry::cid).filter(Objects::nonNull).toList();
      assertThat(logged).as(node.name()).doesNotHaveDuplicates();
    }
    assertThat(blocks(first)).as("acknowledged commits").containsAll(acknowledged);
    checkSums(first, "User", "points", points);
    checkSums(first, "Event", "count", counts);
    if (isSecret) {
      notes.check(nodes, network);
    }
  }

  private Set<Cid> blocks(Replica replica) {
    Set<Cid> blocks = new TreeSet<>();
    replica
        .tips()
        .forEach(
            (tip, collection) -> {
              if (!isSecret || !collection.equals(ProtectedNotes.COLLECTION)) {
                blocks.addAll(replica.below(tip).keySet());
              }
            });
    return blocks;
  }

  private static void checkSums(
      Replica replica, String collection, String field, Map<DocId, Long> sums) {
    for (JsonNode document : replica.state().get(collection)) {
      Long sum = sums.get(new DocId(document.get("_docID").asText()));
      if (sum != null) {
        assertThat(document.get(field).asLong()).as("%s", document).isEqualTo(sum);
      }
    }
  }

  /** What happened, in short: the logs of all nodes. Equal for equal seeds. */
  int fingerprint() {
    return nodes.stream()
        .map(node -> node.replica().log(0).stream().map(LogEntry::cid).toList())
        .toList()
        .hashCode();
  }

  int commits() {
    return acknowledged.size();
  }
}

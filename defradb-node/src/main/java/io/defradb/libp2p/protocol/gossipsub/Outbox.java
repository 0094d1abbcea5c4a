package io.defradb.libp2p.protocol.gossipsub;

import io.defradb.libp2p.protobuf.ProtobufWriter;
import io.defradb.multiformats.Bytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one peer is still to be told. Of what a newer word replaces only the newest is kept, one for
 * each topic, so that only messages and ids can be too many; then the newest are not taken. Goes
 * out in frames of a bounded size, the most urgent first: subscriptions, mesh, ids, messages.
 */
final class Outbox {
  /** Bytes at which a frame is full; what begins below may end above. */
  static final int FRAME_BYTES = 64 << 10;

  /** Of one frame: others keep no more than 32 waiting for whom they are for, and drop the rest. */
  static final int FRAME_MESSAGES_MAX = 4;

  static final int IDS_MAX = 8192;

  private final int messageBytesMax;
  private final Map<String, SubscriptionChange> subscriptions = new LinkedHashMap<>();

  /** A PRUNE, or {@code null} for a GRAFT. */
  private final Map<String, @Nullable Prune> mesh = new LinkedHashMap<>();

  private final Map<String, TopicIds> ihave = new LinkedHashMap<>();
  private final Set<Bytes> iwant = new LinkedHashSet<>();
  private final Set<Bytes> idontwant = new LinkedHashSet<>();
  private final Deque<SignedMessage> messages = new ArrayDeque<>();
  private int messageBytes;
  private int ihaveIds;

  Outbox(int messageBytesMax) {
    this.messageBytesMax = messageBytesMax;
  }

  void add(SubscriptionChange change) {
    subscriptions.put(change.topic(), change);
  }

  void addGraft(String topic) {
    mesh.put(topic, null);
  }

  void addPrune(Prune prune) {
    mesh.put(prune.topic(), prune);
  }

  void addIhave(TopicIds ids) {
    TopicIds before = ihave.get(ids.topic());
    int added = ids.ids().size() - (before == null ? 0 : before.ids().size());
    if (ihaveIds + added <= IDS_MAX) {
      ihave.put(ids.topic(), ids);
      ihaveIds += added;
    }
  }

  void addIwant(List<Bytes> ids) {
    ids.stream().limit(Math.max(0, IDS_MAX - iwant.size())).forEach(iwant::add);
  }

  void addIdontwant(Bytes id) {
    if (idontwant.size() < IDS_MAX) {
      idontwant.add(id);
    }
  }

  /** Whether there was room. */
  boolean add(SignedMessage message) {
    boolean hasRoom = messageBytes + message.wire().length() <= messageBytesMax;
    if (hasRoom) {
      messages.add(message);
      messageBytes += message.wire().length();
    }
    return hasRoom;
  }

  /** Whether messages wait and may go on waiting: there is room for as many again. */
  boolean isBacklogged() {
    return !messages.isEmpty() && messageBytes <= messageBytesMax / 2;
  }

  boolean isEmpty() {
    return subscriptions.isEmpty()
        && mesh.isEmpty()
        && ihave.isEmpty()
        && iwant.isEmpty()
        && idontwant.isEmpty()
        && messages.isEmpty();
  }

  /** Takes the next frame out; empty when nothing is left. */
  Bytes next() {
    var frame = new ProtobufWriter();
    for (SubscriptionChange change : take(subscriptions.values(), frame)) {
      frame.message(Rpc.SUBSCRIPTIONS, change.write());
    }
    Control control = takeControl(frame.length());
    if (!control.isEmpty()) {
      frame.message(Rpc.CONTROL, control.write());
    }
    for (int count = 0;
        count < FRAME_MESSAGES_MAX && !messages.isEmpty() && hasRoom(frame, messages.peek());
        count++) {
      SignedMessage message = messages.remove();
      messageBytes -= message.wire().length();
      frame.bytes(Rpc.MESSAGE, message.wire());
    }
    return frame.toBytes();
  }

  private static boolean hasRoom(ProtobufWriter frame, SignedMessage next) {
    return frame.length() == 0 || frame.length() + next.wire().length() <= FRAME_BYTES;
  }

  private static List<SubscriptionChange> take(
      Iterable<SubscriptionChange> waiting, ProtobufWriter frame) {
    List<SubscriptionChange> taken = new ArrayList<>();
    int bytes = frame.length();
    for (Iterator<SubscriptionChange> next = waiting.iterator();
        next.hasNext() && bytes < FRAME_BYTES; ) {
      SubscriptionChange change = next.next();
      bytes += change.topic().length() + 8;
      taken.add(change);
      next.remove();
    }
    return taken;
  }

  private Control takeControl(int bytesBefore) {
    int bytes = bytesBefore;
    List<String> grafts = new ArrayList<>();
    List<Prune> prunes = new ArrayList<>();
    for (var next = mesh.entrySet().iterator(); next.hasNext() && bytes < FRAME_BYTES; ) {
      Map.Entry<String, @Nullable Prune> change = next.next();
      Prune prune = change.getValue();
      if (prune == null) {
        grafts.add(change.getKey());
      } else {
        prunes.add(prune);
      }
      bytes += change.getKey().length() + 8 + (prune == null ? 0 : bytesOf(prune));
      next.remove();
    }
    List<Bytes> unwanted = new ArrayList<>();
    bytes = takeIds(idontwant, unwanted, bytes);
    List<Bytes> wanted = new ArrayList<>();
    bytes = takeIds(iwant, wanted, bytes);
    List<TopicIds> offers = new ArrayList<>();
    for (var next = ihave.values().iterator(); next.hasNext() && bytes < FRAME_BYTES; ) {
      TopicIds offer = next.next();
      offers.add(offer);
      ihaveIds -= offer.ids().size();
      bytes += bytesOf(offer.ids());
      next.remove();
    }
    return new Control(offers, wanted, grafts, prunes, unwanted);
  }

  private static int takeIds(Set<Bytes> from, List<Bytes> to, int bytesBefore) {
    int bytes = bytesBefore;
    for (Iterator<Bytes> next = from.iterator(); next.hasNext() && bytes < FRAME_BYTES; ) {
      Bytes id = next.next();
      to.add(id);
      bytes += id.length() + 4;
      next.remove();
    }
    return bytes;
  }

  private static int bytesOf(Prune prune) {
    int bytes = 0;
    for (Prune.PrunedPeer peer : prune.peers()) {
      bytes += peer.peerId().length() + peer.signedRecord().length() + 8;
    }
    return bytes;
  }

  private static int bytesOf(List<Bytes> ids) {
    return ids.stream().mapToInt(id -> id.length() + 4).sum();
  }
}

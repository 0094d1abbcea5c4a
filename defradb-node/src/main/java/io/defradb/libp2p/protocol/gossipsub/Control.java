package io.defradb.libp2p.protocol.gossipsub;

import io.defradb.libp2p.protobuf.ProtobufReader;
import io.defradb.libp2p.protobuf.ProtobufWriter;
import io.defradb.multiformats.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * The mesh's own talk: {@code {1: ihave {1: topic, 2: repeated ids}, 2: iwant {1: repeated ids}, 3:
 * graft {1: topic}, 4: prune, 5: idontwant {1: repeated ids}}}. Ids are bytes, whatever the schema
 * says.
 *
 * @param grafts topics
 */
record Control(
    List<TopicIds> ihave,
    List<Bytes> iwant,
    List<String> grafts,
    List<Prune> prunes,
    List<Bytes> idontwant) {
  static final Control NONE = new Control(List.of(), List.of(), List.of(), List.of(), List.of());

  /** Things of each kind that are read from one message; a peer's fault beyond. */
  static final int ENTRIES_MAX = 32_768;

  Control {
    ihave = List.copyOf(ihave);
    iwant = List.copyOf(iwant);
    grafts = List.copyOf(grafts);
    prunes = List.copyOf(prunes);
    idontwant = List.copyOf(idontwant);
  }

  boolean isEmpty() {
    return ihave.isEmpty()
        && iwant.isEmpty()
        && grafts.isEmpty()
        && prunes.isEmpty()
        && idontwant.isEmpty();
  }

  ProtobufWriter write() {
    var out = new ProtobufWriter();
    for (TopicIds known : ihave) {
      var entry = new ProtobufWriter().text(1, known.topic());
      known.ids().forEach(id -> entry.bytes(2, id));
      out.message(1, entry);
    }
    writeIds(out, 2, iwant);
    for (String topic : grafts) {
      out.message(3, new ProtobufWriter().text(1, topic));
    }
    prunes.forEach(prune -> out.message(4, prune.write()));
    writeIds(out, 5, idontwant);
    return out;
  }

  private static void writeIds(ProtobufWriter out, int field, List<Bytes> ids) {
    if (!ids.isEmpty()) {
      var entry = new ProtobufWriter();
      ids.forEach(id -> entry.bytes(1, id));
      out.message(field, entry);
    }
  }

  /** Collects from the control parts of one RPC, of which there may be several. */
  static final class Builder {
    private final List<TopicIds> ihave = new ArrayList<>();
    private final List<Bytes> iwant = new ArrayList<>();
    private final List<String> grafts = new ArrayList<>();
    private final List<Prune> prunes = new ArrayList<>();
    private final List<Bytes> idontwant = new ArrayList<>();
    private int entries;

    void read(ProtobufReader in) {
      while (in.next()) {
        switch (in.field()) {
          case 1 -> readHave(in.message());
          case 2 -> readIds(in.message(), iwant);
          case 3 -> {
            Rpc.requireRoom(++entries);
            grafts.add(readTopic(in.message()));
          }
          case 4 -> {
            Rpc.requireRoom(++entries);
            prunes.add(Prune.read(in.message()));
          }
          case 5 -> readIds(in.message(), idontwant);
          default -> {}
        }
      }
    }

    private void readHave(ProtobufReader in) {
      Rpc.requireRoom(++entries);
      String topic = "";
      List<Bytes> ids = new ArrayList<>();
      while (in.next()) {
        switch (in.field()) {
          case 1 -> topic = in.text();
          case 2 -> {
            Rpc.requireRoom(++entries);
            ids.add(in.bytes());
          }
          default -> {}
        }
      }
      ihave.add(new TopicIds(topic, ids));
    }

    private void readIds(ProtobufReader in, List<Bytes> ids) {
      while (in.next()) {
        if (in.field() == 1) {
          Rpc.requireRoom(++entries);
          ids.add(in.bytes());
        }
      }
    }

    private static String readTopic(ProtobufReader in) {
      String topic = "";
      while (in.next()) {
        if (in.field() == 1) {
          topic = in.text();
        }
      }
      return topic;
    }

    Control build() {
      return entries == 0 ? NONE : new Control(ihave, iwant, grafts, prunes, idontwant);
    }
  }
}

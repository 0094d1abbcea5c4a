package io.defradb.streams.conflict;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.crdt.LwwRegister;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One field of one document as its writes have come: the value that holds, and the heads of its
 * chain. A write that does not follow the holding one was made without knowing it.
 */
final class Register {
  private final Set<String> heads = new HashSet<>();
  private @Nullable FieldWrite holder;

  /** One of the two writes was lost. */
  record Overwrite(FieldWrite winner, FieldWrite loser, String decidedBy) {}

  static Register parse(JsonNode json) {
    var register = new Register();
    json.path("heads").forEach(head -> register.heads.add(head.asText()));
    register.holder = json.has("holder") ? FieldWrite.parse(json.get("holder")) : null;
    return register;
  }

  JsonNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode list = json.putArray("heads");
    heads.stream().sorted().forEach(list::add);
    if (holder != null) {
      json.set("holder", holder.toJson());
    }
    return json;
  }

  /**
   * Takes the next write; ancestors must have come before.
   *
   * @param follows the register's heads that the writer knew
   * @param isLoser what the node says, for values that nobody here can read
   * @return the conflict; {@code null} for a write that knew the value it replaced
   */
  @Nullable Overwrite take(FieldWrite write, List<String> follows, boolean isLoser) {
    FieldWrite before = holder;
    boolean isAware = before == null || follows.contains(before.cid());
    new ArrayList<>(follows).forEach(heads::remove);
    heads.add(write.cid());
    if (before == null || isAware) {
      holder = write;
      return null;
    }
    boolean isHigher = write.height() != before.height();
    boolean isUnreadable = write.isEncrypted() || before.isEncrypted();
    boolean wins =
        !isHigher && isUnreadable
            ? !isLoser
            : LwwRegister.wins(before.height(), before.data(), write.height(), write.data());
    String decidedBy = isHigher ? "height" : "value";
    if (!isHigher && write.data().equals(before.data())) {
      return null; // both wrote the same: nothing is lost
    }
    holder = wins ? write : before;
    return wins ? new Overwrite(write, before, decidedBy) : new Overwrite(before, write, decidedBy);
  }
}

package io.defradb.streams.commits;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.dag.CommitClaim;
import io.defradb.multiformats.Bytes;
import io.defradb.streams.events.ChangeEvent;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One commit of a document, as the topic tells it. Nothing of it is proved before a {@link
 * io.defradb.dag.CommitCheck} has seen the claim.
 *
 * @param isDeleted whether the node says that it came after the document was deleted
 * @param peer who sent it to the node; {@code null}: it was made there, or nobody is named
 * @param winner the commit that it lost against, as the node judged; {@code null}: it did not lose
 * @param millis when the node applied it
 */
public record CommitRecord(
    CommitClaim claim,
    String collection,
    boolean isDeleted,
    @Nullable String peer,
    @Nullable String winner,
    long millis) {

  /**
   * As the topic's value has it.
   *
   * @throws IllegalArgumentException when the value is no commit record
   */
  public static CommitRecord parse(JsonNode value) {
    JsonNode commit = ChangeEvent.payload(value);
    List<CommitClaim.Field> fields = new ArrayList<>();
    for (JsonNode field : commit.path("fields")) {
      fields.add(
          new CommitClaim.Field(
              field.path("name").asText(),
              field.path("cid").asText(),
              block(field),
              bytes(field, "signature")));
    }
    List<String> heads = new ArrayList<>();
    commit.path("heads").forEach(head -> heads.add(head.asText()));
    var claim =
        new CommitClaim(
            commit.path("cid").asText(),
            commit.path("docID").asText(),
            heads,
            commit.path("height").asLong(),
            text(commit, "signer"),
            block(commit),
            bytes(commit, "signature"),
            fields);
    return new CommitRecord(
        claim,
        commit.path("collection").asText(),
        commit.path("deleted").asBoolean(),
        text(commit, "peer"),
        text(commit, "winner"),
        commit.path("ts_ms").asLong());
  }

  private static Bytes block(JsonNode of) {
    Bytes block = bytes(of, "block");
    if (block == null) {
      throw new IllegalArgumentException(
          "no commit with its blocks: the source connector needs output.format=commit");
    }
    return block;
  }

  private static @Nullable Bytes bytes(JsonNode of, String name) {
    String text = text(of, name);
    return text == null ? null : Bytes.wrap(Base64.getDecoder().decode(text));
  }

  private static @Nullable String text(JsonNode of, String name) {
    JsonNode value = of.path(name);
    return value.isTextual() ? value.asText() : null;
  }
}

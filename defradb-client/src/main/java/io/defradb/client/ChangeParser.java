package io.defradb.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.client.Change.FieldBlock;
import io.defradb.client.Change.FieldConflict;
import io.defradb.client.Change.Kind;
import io.defradb.client.Change.Op;
import io.defradb.client.Change.Place;
import io.defradb.client.Change.Side;
import io.defradb.multiformats.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads pages and entries token by token, without a tree of them. Members it does not know are
 * passed over, so that a newer node may say more. For one thread.
 */
public final class ChangeParser<I> {
  private final ImageReader<I> images;
  private final TimeText times = new TimeText();

  private Kind kind = Kind.DOCUMENT;
  private long seq;
  private Place place = Place.NONE;
  private Op op = Op.READ;
  private String cid = "";
  private String docId = "";
  private String collection = "";
  private String schemaVersionId = "";
  private List<String> fields = List.of();
  private long height;
  private List<String> heads = List.of();
  private @Nullable String time;
  private @Nullable String origin;
  private @Nullable String peer;
  private @Nullable String sink;
  private @Nullable String signer;
  private boolean isDeleted;
  private @Nullable String winner;
  private List<FieldConflict> conflicts = List.of();
  private @Nullable I before;
  private @Nullable I after;
  private @Nullable Bytes block;
  private @Nullable Bytes signature;
  private List<FieldBlock> fieldBlocks = List.of();

  public ChangeParser(ImageReader<I> images) {
    this.images = images;
  }

  /** {@code json}: before its first token. */
  public ChangePage<I> page(JsonParser json) throws IOException {
    String feedId = "";
    long lastSeq = 0;
    long newestSeq = 0;
    List<Change<I>> entries = new ArrayList<>();
    json.nextToken();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      switch (name) {
        case "feedId" -> feedId = json.getText();
        case "lastSeq" -> lastSeq = json.getLongValue();
        case "newestSeq" -> newestSeq = json.getLongValue();
        case "results" -> {
          while (json.nextToken() != JsonToken.END_ARRAY) {
            entries.add(entry(json));
          }
        }
        default -> json.skipChildren();
      }
    }
    return new ChangePage<>(
        feedId, entries, lastSeq, newestSeq, json.currentLocation().getByteOffset());
  }

  /** {@code json} stands on the opening brace, and is left on the closing one. */
  public Change<I> entry(JsonParser json) throws IOException {
    forget();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      JsonToken token = json.nextToken();
      if (token != JsonToken.VALUE_NULL) {
        member(name, json);
      }
    }
    return new Change<>(
        kind,
        seq,
        place,
        op,
        cid,
        docId,
        collection,
        schemaVersionId,
        fields,
        height,
        heads,
        time == null ? null : times.parse(time),
        origin,
        peer,
        sink,
        signer,
        isDeleted,
        winner,
        conflicts,
        before,
        after,
        block,
        signature,
        fieldBlocks);
  }

  private void member(String name, JsonParser json) throws IOException {
    switch (name) {
      case "kind" -> kind = kind(json.getText());
      case "seq" -> seq = json.getLongValue();
      case "txn" -> place = place(json);
      case "op" -> op = op(json.getText());
      case "cid" -> cid = json.getText();
      case "docID" -> docId = json.getText();
      case "collection" -> collection = same(collection, json);
      case "schemaVersionID" -> schemaVersionId = same(schemaVersionId, json);
      case "fields" -> fields = texts(json);
      case "height" -> height = json.getLongValue();
      case "heads" -> heads = texts(json);
      case "time" -> time = json.getText();
      case "origin" -> origin(json);
      case "signer" -> signer = json.getText();
      case "deleted" -> isDeleted = json.getBooleanValue();
      case "winner" -> winner = json.getText();
      case "conflicts" -> conflicts = conflicts(json);
      case "before" -> before = images.read(schemaVersionId, json);
      case "after", "document" -> after = images.read(schemaVersionId, json);
      case "block" -> block = Bytes.wrap(json.getBinaryValue());
      case "signature" -> signature = Bytes.wrap(json.getBinaryValue());
      case "fieldBlocks" -> fieldBlocks = fieldBlocks(json);
      default -> json.skipChildren();
    }
  }

  /** All but collection and version, which are mostly the next entry's too. */
  private void forget() {
    kind = Kind.DOCUMENT;
    seq = 0;
    place = Place.NONE;
    op = Op.READ;
    cid = "";
    docId = "";
    fields = List.of();
    height = 0;
    heads = List.of();
    time = null;
    origin = null;
    peer = null;
    sink = null;
    signer = null;
    isDeleted = false;
    winner = null;
    conflicts = List.of();
    before = null;
    after = null;
    block = null;
    signature = null;
    fieldBlocks = List.of();
  }

  private static Kind kind(String word) throws IOException {
    return switch (word) {
      case "document" -> Kind.DOCUMENT;
      case "collection" -> Kind.COLLECTION;
      case "schema" -> Kind.SCHEMA;
      case "access" -> Kind.ACCESS;
      default -> throw new IOException("an entry is about something unknown: " + word);
    };
  }

  private static Op op(String word) throws IOException {
    return switch (word) {
      case "create" -> Op.CREATE;
      case "update" -> Op.UPDATE;
      case "delete" -> Op.DELETE;
      default -> throw new IOException("an entry did something unknown: " + word);
    };
  }

  /** The text before, when it is the same: many entries then share one. */
  private static String same(String text, JsonParser json) throws IOException {
    String next = json.getText();
    return next.equals(text) ? text : next;
  }

  private static Place place(JsonParser json) throws IOException {
    long id = 0;
    long index = 0;
    long size = 0;
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      switch (name) {
        case "id" -> id = json.getLongValue();
        case "index" -> index = json.getLongValue();
        case "size" -> size = json.getLongValue();
        default -> json.skipChildren();
      }
    }
    return new Place(id, index, size);
  }

  private void origin(JsonParser json) throws IOException {
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      switch (name) {
        case "kind" -> origin = json.getText();
        case "peer" -> peer = json.getText();
        case "sink" -> sink = json.getText();
        default -> json.skipChildren();
      }
    }
  }

  private static List<String> texts(JsonParser json) throws IOException {
    if (json.nextToken() == JsonToken.END_ARRAY) {
      return List.of();
    }
    List<String> texts = new ArrayList<>(4);
    do {
      texts.add(json.getText());
    } while (json.nextToken() != JsonToken.END_ARRAY);
    return texts;
  }

  private List<FieldConflict> conflicts(JsonParser json) throws IOException {
    List<FieldConflict> found = new ArrayList<>();
    for (JsonNode conflict : json.<JsonNode>readValueAsTree()) {
      found.add(
          new FieldConflict(
              conflict.path("field").asText(),
              side(conflict.path("kept")),
              side(conflict.path("lost"))));
    }
    return found;
  }

  private Side side(JsonNode side) {
    JsonNode value = side.path("value");
    String at = side.path("time").asText("");
    return new Side(
        side.path("cid").asText(),
        side.path("seq").asLong(),
        side.path("height").asLong(),
        at.isEmpty() ? null : times.parse(at),
        text(side.path("origin").path("kind")),
        text(side.path("origin").path("peer")),
        text(side.path("signer")),
        value.isMissingNode() ? null : value.toString());
  }

  private static @Nullable String text(JsonNode node) {
    return node.isTextual() ? node.asText() : null;
  }

  private static List<FieldBlock> fieldBlocks(JsonParser json) throws IOException {
    List<FieldBlock> blocks = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      String field = "";
      String cid = "";
      Bytes block = Bytes.EMPTY;
      Bytes signature = null;
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        json.nextToken();
        switch (name) {
          case "name" -> field = json.getText();
          case "cid" -> cid = json.getText();
          case "block" -> block = Bytes.wrap(json.getBinaryValue());
          case "signature" -> signature = Bytes.wrap(json.getBinaryValue());
          default -> json.skipChildren();
        }
      }
      blocks.add(new FieldBlock(field, cid, block, signature));
    }
    return blocks;
  }
}

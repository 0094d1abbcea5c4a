package io.defradb.db.feed;

import io.defradb.crdt.Delta;
import io.defradb.dag.Block;
import io.defradb.dag.BlockCodec;
import io.defradb.dag.DagLink;
import io.defradb.db.CommitReader;
import io.defradb.db.feed.FeedQuery.Part;
import io.defradb.db.log.LogEntry;
import io.defradb.db.log.LogImage;
import io.defradb.db.log.LogReader;
import io.defradb.db.log.Origin;
import io.defradb.document.JsonWriter;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.schema.CollectionVersion;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Prints entries, straight from what is stored. For one thread. */
final class EntryJson {
  private static final Base64.Encoder BASE64 = Base64.getEncoder();

  private final Set<Part> parts;
  private final JsonWriter json = new JsonWriter();

  EntryJson(Set<Part> parts) {
    this.parts = parts;
  }

  /**
   * Valid until the next call.
   *
   * @param fields {@code null}: the version is not known here
   */
  JsonWriter write(
      LogEntry entry, @Nullable VersionFields fields, LogReader log, CommitReader commits) {
    json.reset();
    json.beginObject().name("seq").number(entry.seq());
    json.name("txn").beginObject().name("id").number(entry.txnId());
    json.name("index").number(entry.txnIndex()).name("size").number(entry.txnSize()).endObject();
    json.name("kind").string(lower(entry.kind())).name("op").string(lower(entry.op()));
    if (entry.cid() != null) {
      json.name("cid").string(entry.cid().toString());
    }
    if (entry.docId() != null) {
      json.name("docID").string(entry.docId().text());
    }
    if (fields != null) {
      CollectionVersion version = fields.version();
      json.name("collection").string(version.name());
      json.name("collectionID").string(version.collectionId());
    }
    json.name("schemaVersionID").string(entry.schemaVersionId());
    json.name("fields").beginArray();
    entry.fields().forEach(json::string);
    json.endArray().name("height").number(entry.height());
    cids("heads", entry.heads());
    json.name("time").string(entry.time().toString());
    origin(entry.origin());
    remarks(entry);
    if (entry.kind() == LogEntry.Kind.DOCUMENT && fields != null) {
      images(entry, fields, log);
    }
    blocks(entry, commits);
    return json.endObject();
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private void cids(String name, List<Cid> cids) {
    json.name(name).beginArray();
    cids.forEach(cid -> json.string(cid.toString()));
    json.endArray();
  }

  private void origin(Origin origin) {
    json.name("origin").beginObject().name("kind");
    if (origin instanceof Origin.Remote remote) {
      json.string("remote").name("peer").string(remote.peerId());
    } else if (origin instanceof Origin.Ingest ingest) {
      json.string("ingest").name("sink").string(ingest.sink());
    } else {
      json.string("local");
    }
    json.endObject();
  }

  private void remarks(LogEntry entry) {
    if (entry.signer() != null) {
      json.name("signer").string(entry.signer());
    }
    if (entry.isDeleted()) {
      json.name("deleted").bool(true);
    }
    if (entry.isWaitingForKey()) {
      json.name("waitingForKey").bool(true);
    }
    if (entry.winner() != null) {
      json.name("winner").string(entry.winner().toString());
    }
  }

  private void images(LogEntry entry, VersionFields fields, LogReader log) {
    if (!parts.contains(Part.BEFORE) && !parts.contains(Part.AFTER)) {
      return;
    }
    LogImage image = log.image(entry.seq()).orElse(null);
    if (parts.contains(Part.BEFORE)) {
      fields.write(json.name("before"), image == null ? null : image.before());
    }
    if (parts.contains(Part.AFTER)) {
      fields.write(json.name("after"), image == null ? null : image.after());
    }
  }

  private void blocks(LogEntry entry, CommitReader commits) {
    Cid cid = entry.cid();
    boolean needsFields = parts.contains(Part.DELTA) || parts.contains(Part.FIELDS);
    if (cid == null || !needsFields && !parts.contains(Part.BLOCK)) {
      return;
    }
    Bytes composite = commits.raw(cid);
    if (composite == null) {
      return;
    }
    if (parts.contains(Part.BLOCK)) {
      json.name("block").string(base64(composite));
    }
    if (needsFields) {
      List<DagLink> links = BlockCodec.decode(composite.unsafeArray()).links();
      if (parts.contains(Part.DELTA)) {
        json.name("delta").beginObject();
        links.forEach(link -> delta(link, commits));
        json.endObject();
      }
      if (parts.contains(Part.FIELDS)) {
        json.name("fieldBlocks").beginArray();
        links.forEach(link -> fieldBlock(link, commits));
        json.endArray();
      }
    }
  }

  private void delta(DagLink link, CommitReader commits) {
    Block block = commits.block(link.cid()).orElse(null);
    if (block == null) {
      return;
    }
    if (block.delta() instanceof Delta.Lww lww) {
      json.name(link.name()).string(base64(lww.data()));
    } else if (block.delta() instanceof Delta.Counter counter) {
      json.name(link.name()).string(base64(counter.data()));
    }
  }

  private void fieldBlock(DagLink link, CommitReader commits) {
    Bytes block = commits.raw(link.cid());
    if (block != null) {
      json.beginObject().name("name").string(link.name());
      json.name("cid").string(link.cid().toString());
      json.name("block").string(base64(block)).endObject();
    }
  }

  private static String base64(Bytes bytes) {
    return BASE64.encodeToString(bytes.unsafeArray());
  }
}

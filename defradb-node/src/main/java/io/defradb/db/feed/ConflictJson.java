package io.defradb.db.feed;

import io.defradb.db.CommitReader;
import io.defradb.db.log.Conflict;
import io.defradb.db.log.LogEntry;
import io.defradb.db.log.LogImage;
import io.defradb.db.log.LogReader;
import io.defradb.document.JsonWriter;
import io.defradb.document.ValueCbor;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import org.jspecify.annotations.Nullable;

/** Prints which values met in an entry's fields, and who wrote each. For one thread. */
record ConflictJson(JsonWriter json, SecondText seconds) {

  void write(FoldedEntry folded, VersionFields fields, LogReader log, CommitReader commits) {
    if (folded.contested().isEmpty()) {
      return;
    }
    json.name("conflicts").beginArray();
    for (LogEntry entry : folded.contested()) {
      LogImage image = log.image(entry.seq()).orElse(null);
      for (Conflict conflict : entry.conflicts()) {
        if (!conflict.field().isEmpty()) {
          write(entry, conflict, image, fields, log, commits);
        }
      }
    }
    json.endArray();
  }

  private void write(
      LogEntry entry,
      Conflict conflict,
      @Nullable LogImage image,
      VersionFields fields,
      LogReader log,
      CommitReader commits) {
    LogEntry other = log.entry(commits.seq(conflict.other())).orElse(null);
    var after = image == null ? null : image.after();
    Bytes kept =
        after == null ? ValueCbor.NULL : after.getOrDefault(conflict.field(), ValueCbor.NULL);
    Cid cid = entry.cid() == null ? conflict.other() : entry.cid();
    json.beginObject().name("field").string(conflict.field());
    side("kept", conflict.isWon() ? cid : conflict.other(), conflict.isWon() ? entry : other);
    fields.write(json.name("value"), conflict.field(), kept);
    json.endObject();
    side("lost", conflict.isWon() ? conflict.other() : cid, conflict.isWon() ? other : entry);
    fields.write(json.name("value"), conflict.field(), conflict.lost());
    json.endObject().endObject();
  }

  /** Begins one side's object. {@code entry}: {@code null} when the log does not say more. */
  private void side(String name, Cid cid, @Nullable LogEntry entry) {
    json.name(name).beginObject().name("cid").string(cid.toString());
    if (entry != null) {
      json.name("seq").number(entry.seq()).name("height").number(entry.height());
      seconds.write(entry.time(), json.name("time"));
      EntryJson.origin(json, entry.origin());
      if (entry.signer() != null) {
        json.name("signer").string(entry.signer());
      }
    }
  }
}

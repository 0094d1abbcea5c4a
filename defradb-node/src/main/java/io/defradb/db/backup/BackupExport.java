package io.defradb.db.backup;

import io.defradb.acp.Asker;
import io.defradb.db.Catalog;
import io.defradb.db.DocumentCursor;
import io.defradb.db.DocumentReader;
import io.defradb.db.StoredDocument;
import io.defradb.db.Transaction;
import io.defradb.document.JsonWriter;
import io.defradb.document.Value;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.schema.CollectionVersion;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Writes the live documents that the asker may see. Values and texts are those of the HTTP API; the
 * blanks of the pretty form are the reference's.
 */
public final class BackupExport {
  private static final String DOC_ID = "_docID";
  private static final String DOC_ID_NEW = "_docIDNew";

  private final Transaction transaction;
  private final Asker asker;
  private final boolean isPretty;

  public BackupExport(Transaction transaction, Asker asker, boolean isPretty) {
    this.transaction = transaction;
    this.asker = asker;
    this.isPretty = isPretty;
  }

  /**
   * Checks before the first byte is written.
   *
   * @param names empty: every active collection, in the order of version IDs
   * @throws DefraException COLLECTION_NOT_FOUND
   */
  public List<CollectionVersion> collections(List<String> names) {
    Catalog catalog = transaction.catalog();
    if (names.isEmpty()) {
      return catalog.active().stream()
          .sorted(Comparator.comparing(CollectionVersion::versionId))
          .toList();
    }
    var collections = new ArrayList<CollectionVersion>();
    names.forEach(name -> collections.add(collection(catalog, name)));
    return collections;
  }

  static CollectionVersion collection(Catalog catalog, String name) {
    return catalog
        .activeByName(name)
        .orElseThrow(
            () ->
                new DefraException(
                    ErrorCode.COLLECTION_NOT_FOUND,
                    "failed to get collection: key not found",
                    "Name",
                    name));
  }

  /** Writes the whole text; {@code out} stays open. */
  public void write(List<CollectionVersion> collections, OutputStream out) throws IOException {
    DocumentReader documents = transaction.documents(asker);
    var newIds = new NewDocIds(documents, collections);
    text(out, isPretty ? "{\n" : "{");
    String separator = "";
    for (CollectionVersion collection : collections) {
      text(out, separator);
      separator = isPretty ? ",\n" : ",";
      String name = '"' + collection.name() + '"';
      text(out, isPretty ? "  " + name + ": [\n" : name + ":[");
      writeDocuments(collection, documents, newIds, out);
      text(out, isPretty ? "\n  ]" : "]");
    }
    text(out, isPretty ? "\n}" : "}");
  }

  private void writeDocuments(
      CollectionVersion collection, DocumentReader documents, NewDocIds newIds, OutputStream out)
      throws IOException {
    var fields = new BackupFields(collection);
    String separator = "";
    try (DocumentCursor cursor = documents.scan(collection, null, false)) {
      for (StoredDocument document = cursor.next(); document != null; document = cursor.next()) {
        text(out, separator);
        separator = isPretty ? ",\n" : ",";
        var values = fields.values(document);
        String newId = newIds.rewrite(document.docId(), fields, values).text();
        values.put(DOC_ID, new Value.Text(document.docId().text()));
        values.put(DOC_ID_NEW, new Value.Text(newId));
        writeDocument(values, out);
      }
    }
  }

  private void writeDocument(Map<String, Value> values, OutputStream out) throws IOException {
    var json = new JsonWriter().beginObject();
    values.forEach((name, value) -> json.name(name).value(value));
    json.endObject();
    if (isPretty) {
      String compact = new String(json.unsafeArray(), 0, json.length(), StandardCharsets.UTF_8);
      text(out, "    " + PrettyJson.spread(compact, 2));
    } else {
      out.write(json.unsafeArray(), 0, json.length());
    }
  }

  private static void text(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}

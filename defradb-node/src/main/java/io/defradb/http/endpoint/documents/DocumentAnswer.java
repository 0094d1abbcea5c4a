package io.defradb.http.endpoint.documents;

import io.defradb.db.StoredDocument;
import io.defradb.document.FieldKind;
import io.defradb.document.JsonWriter;
import io.defradb.document.ValueCbor;
import io.defradb.multiformats.Bytes;
import io.defradb.schema.CollectionField;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.SchemaFieldKind;
import java.util.TreeMap;

/** A document as REST prints it: the fields that are set, by name. */
final class DocumentAnswer {
  private static final String DOC_ID = "_docID";

  private DocumentAnswer() {}

  static JsonWriter print(CollectionVersion collection, StoredDocument document) {
    var names = new TreeMap<String, Integer>();
    for (int i = 0; i < collection.fields().size(); i++) {
      CollectionField field = collection.fields().get(i);
      if (field.isStored() || field.name().equals(DOC_ID)) {
        names.put(field.name(), i);
      }
    }
    var json = new JsonWriter().beginObject();
    names.forEach((name, index) -> write(json, collection, document, name, index));
    return json.endObject();
  }

  private static void write(
      JsonWriter json,
      CollectionVersion collection,
      StoredDocument document,
      String name,
      int index) {
    if (name.equals(DOC_ID)) {
      json.name(name).string(document.docId().text());
      return;
    }
    Bytes cbor = document.cbor(index);
    if (!cbor.equals(ValueCbor.NULL)) {
      FieldKind kind = ((SchemaFieldKind.Scalar) collection.fields().get(index).kind()).kind();
      json.name(name).writeCbor(kind, cbor.unsafeArray(), 0, cbor.length());
    }
  }
}

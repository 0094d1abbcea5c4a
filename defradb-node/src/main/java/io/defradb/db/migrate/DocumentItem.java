package io.defradb.db.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.defradb.db.keys.RecordView;
import io.defradb.db.keys.StoredFields;
import io.defradb.document.DocId;
import io.defradb.document.DocumentJson;
import io.defradb.document.FieldKind;
import io.defradb.document.JsonWriter;
import io.defradb.document.ValueCbor;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import io.defradb.schema.CollectionField;
import io.defradb.schema.CollectionVersion;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Documents as lenses see them: an object of the fields that are set, and {@code _docID}. */
final class DocumentItem {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String DOC_ID = "_docID";

  private DocumentItem() {}

  /** {@code written}: the version that the record was written at. */
  static byte[] write(CollectionVersion written, DocId docId, RecordView record) {
    var json = new JsonWriter().beginObject();
    json.name(DOC_ID).string(docId.text());
    List<CollectionField> fields = written.fields();
    for (int i = 0; i < fields.size(); i++) {
      int number = written.fieldNumber(i);
      int start = record.start(number);
      if (start >= 0 && !fields.get(i).name().equals(DOC_ID)) {
        json.name(fields.get(i).name());
        FieldKind kind = StoredFields.kind(fields.get(i));
        json.writeCbor(kind, record.array(), start, record.length(number));
      }
    }
    return json.endObject().toBytes();
  }

  static JsonNode read(byte[] json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      throw new DefraException(ErrorCode.INVALID_JSON, "what a lens made is no JSON", e);
    }
  }

  /** Whether {@code item} is that document; one without an ID is taken for it. */
  static boolean isOf(DocId docId, JsonNode item) {
    JsonNode itsId = item.path(DOC_ID);
    return item.isObject() && (itsId.isMissingNode() || docId.text().equals(itsId.textValue()));
  }

  /**
   * The fields that {@code collection} knows; others are left out.
   *
   * @throws DefraException INVALID_VALUE for a value that is not of the field's kind
   */
  static Map<Integer, Bytes> values(CollectionVersion collection, JsonNode item) {
    var values = new HashMap<Integer, Bytes>();
    List<CollectionField> fields = collection.fields();
    for (int i = 0; i < fields.size(); i++) {
      CollectionField field = fields.get(i);
      JsonNode value = item.get(field.name());
      if (value != null && StoredFields.isStored(field) && !field.name().equals(DOC_ID)) {
        FieldKind kind = StoredFields.kind(field);
        byte[] text = Bytes.utf8(value.toString()).toArray();
        values.put(i, Bytes.wrap(ValueCbor.encode(kind, DocumentJson.parseValue(kind, text))));
      }
    }
    return values;
  }
}

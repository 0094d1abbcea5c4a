package io.defradb.db.backup;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.acp.Asker;
import io.defradb.db.DocumentWriter;
import io.defradb.db.Transaction;
import io.defradb.document.DocId;
import io.defradb.document.DocumentJson;
import io.defradb.document.FieldKind;
import io.defradb.document.Value;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.json.GoJsonFaults;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Creates the documents of an export anew, one after the other as they are read. DocIDs are derived
 * from the values; a document that points at itself gets that key by an update.
 */
public final class BackupImport {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private static final Pattern CHARACTER =
      Pattern.compile("Un(?:expected character \\(|recognized token )'(.)");

  private final Transaction transaction;
  private final DocumentWriter writer;

  public BackupImport(Transaction transaction, Asker asker) {
    this.transaction = transaction;
    this.writer = transaction.writer(asker);
  }

  /**
   * Reads all of {@code in}; after a failure the transaction must be discarded.
   *
   * @throws DefraException INVALID_JSON, COLLECTION_NOT_FOUND, and what a create throws
   */
  public void read(InputStream in) throws IOException {
    try (JsonParser parser = MAPPER.createParser(in)) {
      require(next(parser), JsonToken.START_OBJECT, "expected JSON object");
      while (next(parser) != JsonToken.END_OBJECT) {
        CollectionVersion collection =
            BackupExport.collection(transaction.catalog(), parser.currentName());
        require(next(parser), JsonToken.START_ARRAY, "expected JSON array");
        while (next(parser) != JsonToken.END_ARRAY) {
          create(collection, document(parser));
        }
      }
    } catch (JacksonException | EOFException broken) {
      throw new DefraException(ErrorCode.INVALID_JSON, reason(broken, "EOF"));
    }
  }

  private static ObjectNode document(JsonParser parser) throws IOException {
    String fault;
    try {
      JsonNode document = MAPPER.readTree(parser);
      if (document instanceof ObjectNode object) {
        return object;
      }
      if (document == null || document.isNull()) {
        return MAPPER.createObjectNode();
      }
      fault =
          "json: cannot unmarshal "
              + GoJsonFaults.kind(document)
              + " into Go value of type map[string]interface {}";
    } catch (JacksonException | EOFException broken) {
      fault = reason(broken, "unexpected EOF");
    }
    throw new DefraException(ErrorCode.INVALID_JSON, "failed to decode JSON: " + fault);
  }

  /** In the words of the reference's reader. */
  private static String reason(IOException broken, String atEnd) {
    String found =
        broken instanceof JacksonException json
            ? String.valueOf(json.getOriginalMessage())
            : "Unexpected end-of-input";
    if (found.startsWith("Unexpected end-of-input")) {
      return found.contains(" in ") ? "unexpected EOF" : atEnd;
    }
    Matcher character = CHARACTER.matcher(found);
    if (!character.find()) {
      return "invalid JSON";
    }
    String place =
        found.contains("colon")
            ? "after object key"
            : found.contains("Object entries")
                ? "after object key:value pair"
                : found.contains("Array entries")
                    ? "after array element"
                    : found.contains("field name")
                        ? "looking for beginning of object key string"
                        : "looking for beginning of value";
    return "invalid character '" + character.group(1) + "' " + place;
  }

  private static JsonToken next(JsonParser parser) throws IOException {
    JsonToken token = parser.nextToken();
    if (token == null) {
      throw new DefraException(ErrorCode.INVALID_JSON, "EOF");
    }
    return token;
  }

  private static void require(@Nullable JsonToken found, JsonToken wanted, String text) {
    if (found != wanted) {
      throw new DefraException(ErrorCode.INVALID_JSON, text);
    }
  }

  private void create(CollectionVersion collection, ObjectNode document) throws IOException {
    var fields = new BackupFields(collection);
    String newId = document.path("_docIDNew").asText("");
    document.remove(List.of("_docID", "_docIDNew"));
    Map<String, Value> values;
    try {
      round(document, fields);
      values = new HashMap<>(DocumentJson.parse(MAPPER.writeValueAsBytes(document), fields));
    } catch (DefraException invalid) {
      throw new DefraException(
          invalid.code(), "failed to create a new doc from map", Map.of(), invalid);
    }
    var own = new HashMap<String, Value>();
    for (String key : fields.keys().keySet()) {
      if (!newId.isEmpty() && new Value.Text(newId).equals(values.get(key))) {
        own.put(key, values.remove(key));
      }
    }
    try {
      DocId created = writer.create(collection, values, DocumentWriter.EncryptionChoice.NONE);
      if (!own.isEmpty()) {
        writer.update(collection, created, own);
      }
    } catch (DefraException refused) {
      throw new DefraException(
          refused.code(), "failed to save a new doc to collection", Map.of(), refused);
    }
  }

  /** Fractions of whole numbers are cut, as the reference does. */
  private static void round(ObjectNode document, BackupFields fields) {
    var cut = new HashMap<String, BigDecimal>();
    document
        .properties()
        .forEach(
            member -> {
              if (fields.kindOf(member.getKey()) == FieldKind.INT
                  && member.getValue().isNumber()
                  && !member.getValue().isIntegralNumber()) {
                cut.put(member.getKey(), member.getValue().decimalValue());
              }
            });
    cut.forEach((name, number) -> document.put(name, number.toBigInteger()));
  }
}

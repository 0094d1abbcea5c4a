package io.defradb.http.endpoint.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.defradb.db.DocumentWriter.EncryptionChoice;
import io.defradb.db.ingest.IngestBatch;
import io.defradb.db.ingest.IngestOperation;
import io.defradb.db.ingest.IngestOperation.ByDocId;
import io.defradb.db.ingest.IngestOperation.ByKey;
import io.defradb.db.ingest.IngestOperation.Kind;
import io.defradb.db.ingest.IngestOperation.Target;
import io.defradb.db.ingest.SourcePartition;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.http.JsonBody;
import io.defradb.multiformats.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a batch in one pass. Objects of field values are cut out as bytes: what they
 * mean only their collection knows. For one body.
 */
final class BatchParser {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final Map<String, Kind> KINDS = new HashMap<>();

  static {
    for (Kind kind : Kind.values()) {
      KINDS.put(kind.name().toLowerCase(Locale.ROOT), kind);
    }
  }

  private final byte[] body;
  private final JsonParser json;
  private @Nullable SourcePartition partition;
  private @Nullable List<IngestOperation> operations;
  private boolean isAdopting;
  private OptionalLong upTo = OptionalLong.empty();
  private String digest = "";
  private String feedId = "";

  private BatchParser(byte[] body, JsonParser json) {
    this.body = body;
    this.json = json;
  }

  /** Throws INVALID_JSON, INVALID_ARGUMENT, TOO_LARGE. */
  static IngestBatch parse(byte[] body) {
    try (JsonParser json = FACTORY.createParser(body)) {
      return new BatchParser(body, json).batch();
    } catch (IOException notJson) {
      JsonBody.parse(body); // says what is wrong in the words users know
      throw new DefraException(ErrorCode.INVALID_JSON, "invalid JSON", notJson);
    }
  }

  private IngestBatch batch() throws IOException {
    json.nextToken();
    requireObject("body");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "position" -> partition = partition();
        case "adopt" -> isAdopting = bool(name);
        case "upTo" -> upTo = OptionalLong.of(number(name));
        case "digest" -> digest = text(name);
        case "feedId" -> feedId = text(name);
        case "operations" -> operations = operations();
        default -> throw unknown("body", name);
      }
    }
    if (json.nextToken() != null) {
      throw invalid(
          "batch has text after its end", "Byte", json.currentTokenLocation().getByteOffset());
    }
    return new IngestBatch(
        required(partition, "position"),
        isAdopting,
        required(operations, "operations"),
        upTo,
        digest,
        feedId);
  }

  private SourcePartition partition() throws IOException {
    requireObject("position");
    Map<String, String> texts = new HashMap<>();
    Integer number = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "sink", "clusterId", "topic", "topicId" -> texts.put(name, text(name));
        case "partition" -> {
          long given = number(name);
          if (given < 0 || given > Integer.MAX_VALUE) {
            throw invalid("partition is out of range", "Partition", given);
          }
          number = (int) given;
        }
        default -> throw unknown("position", name);
      }
    }
    return new SourcePartition(
        nonEmpty(texts.get("sink"), "sink"),
        required(texts.get("clusterId"), "clusterId"),
        nonEmpty(texts.get("topic"), "topic"),
        required(texts.get("topicId"), "topicId"),
        required(number, "partition"));
  }

  private List<IngestOperation> operations() throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw wrongType("operations", "an array");
    }
    List<IngestOperation> read = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (read.size() == IngestBatch.OPERATIONS_MAX) {
        throw new DefraException(
            ErrorCode.TOO_LARGE,
            "too many operations in a batch",
            "Max",
            IngestBatch.OPERATIONS_MAX);
      }
      read.add(operation());
    }
    return read;
  }

  private IngestOperation operation() throws IOException {
    requireObject("operation");
    Kind kind = null;
    String collection = null;
    Long offset = null;
    Bytes key = null;
    String docId = null;
    boolean isByIndex = false;
    Bytes document = null;
    Bytes increments = null;
    Map<String, Bytes> relations = Map.of();
    boolean isEncrypted = false;
    Set<String> encryptedFields = Set.of();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "op" -> kind = kind();
        case "collection" -> collection = text(name);
        case "offset" -> offset = number(name);
        case "key" -> key = object(name);
        case "docID" -> docId = text(name);
        case "match" -> isByIndex = isByIndex();
        case "document" -> document = object(name);
        case "increments" -> increments = object(name);
        case "relations" -> relations = objects(name);
        case "encrypt" -> isEncrypted = bool(name);
        case "encryptFields" -> encryptedFields = texts(name);
        default -> throw unknown("operation", name);
      }
    }
    return new IngestOperation(
        required(kind, "op"),
        required(collection, "collection"),
        required(offset, "offset"),
        target(key, docId, isByIndex),
        document,
        increments,
        relations,
        new EncryptionChoice(isEncrypted, encryptedFields));
  }

  private static Target target(@Nullable Bytes key, @Nullable String docId, boolean isByIndex) {
    if (key != null && docId == null) {
      return new ByKey(key, isByIndex);
    }
    if (docId != null && key == null && !isByIndex) {
      return new ByDocId(docId);
    }
    throw new DefraException(
        ErrorCode.INVALID_ARGUMENT, "an operation names its document by key or by docID");
  }

  private Kind kind() throws IOException {
    String text = text("op");
    Kind kind = KINDS.get(text);
    if (kind == null) {
      throw invalid("unknown operation", "Op", text);
    }
    return kind;
  }

  private boolean isByIndex() throws IOException {
    String text = text("match");
    return switch (text) {
      case "key" -> false;
      case "index" -> true;
      default -> throw invalid("unknown match", "Match", text);
    };
  }

  /** The bytes of the object that begins here; {@code null} for JSON null. */
  private @Nullable Bytes object(String name) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    requireObject(name);
    int from = (int) json.currentTokenLocation().getByteOffset();
    json.skipChildren();
    int to = (int) json.currentLocation().getByteOffset();
    return Bytes.wrap(java.util.Arrays.copyOfRange(body, from, to));
  }

  private Map<String, Bytes> objects(String name) throws IOException {
    requireObject(name);
    Map<String, Bytes> objects = new HashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String member = json.currentName();
      json.nextToken();
      objects.put(member, required(object(member), member));
    }
    return objects;
  }

  private String text(String name) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw wrongType(name, "a string");
    }
    return json.getText();
  }

  private Set<String> texts(String name) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw wrongType(name, "an array");
    }
    Set<String> texts = new LinkedHashSet<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      texts.add(text(name));
    }
    return texts;
  }

  private long number(String name) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw wrongType(name, "an integer");
    }
    return json.getLongValue();
  }

  private boolean bool(String name) {
    return switch (json.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw wrongType(name, "a boolean");
    };
  }

  private void requireObject(String name) {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw wrongType(name, "an object");
    }
  }

  private static <T> T required(@Nullable T member, String name) {
    if (member == null) {
      throw invalid("member is missing", "Name", name);
    }
    return member;
  }

  private static String nonEmpty(@Nullable String member, String name) {
    if (required(member, name).isEmpty()) {
      throw invalid("member is empty", "Name", name);
    }
    return required(member, name);
  }

  private static DefraException unknown(String object, String name) {
    return new DefraException(
        ErrorCode.INVALID_ARGUMENT, "unknown member", "Object", object, "Name", name);
  }

  private static DefraException wrongType(String name, String wanted) {
    return new DefraException(
        ErrorCode.INVALID_ARGUMENT, "member has another type", "Name", name, "Wanted", wanted);
  }

  private static DefraException invalid(String text, String name, Object value) {
    return new DefraException(ErrorCode.INVALID_ARGUMENT, text, name, value);
  }
}

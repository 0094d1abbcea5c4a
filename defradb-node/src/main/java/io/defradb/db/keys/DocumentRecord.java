package io.defradb.db.keys;

import io.defradb.crdt.DocumentStatus;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that is stored of one document besides its blocks: an update reads one record and
 * writes one.
 *
 * <pre>
 * 01 | status | lastSeq u64be | schema version varint | fields varint
 *    | per field: number varint, priority varint, length varint, value CBOR
 *    | heads of the composite: count varint, (digest 32, height varint)*
 *    | per field: count varint, (digest 32, height varint)*
 * </pre>
 *
 * Values come before heads, so that a scan can stop reading early. Mutable; for one thread.
 */
public final class DocumentRecord {
  static final int VERSION = 1;
  static final int STATUS_AT = 1;
  static final int SEQ_AT = 2;
  static final int VARIABLE_AT = SEQ_AT + Long.BYTES;

  /** The state of one field. {@code value}: plain value CBOR. */
  public record Field(Bytes value, long priority, List<Head> heads) {
    public Field {
      heads = List.copyOf(heads);
    }
  }

  private DocumentStatus status;
  private long lastSeq;
  private int schemaVersion;
  private List<Head> heads;
  private final SortedMap<Integer, Field> fields;

  private DocumentRecord(
      DocumentStatus status,
      long lastSeq,
      int schemaVersion,
      List<Head> heads,
      SortedMap<Integer, Field> fields) {
    this.status = status;
    this.lastSeq = lastSeq;
    this.schemaVersion = schemaVersion;
    this.heads = heads;
    this.fields = fields;
  }

  public static DocumentRecord create() {
    return new DocumentRecord(DocumentStatus.ACTIVE, 0, 0, List.of(), new TreeMap<>());
  }

  public static DocumentRecord decode(byte[] bytes) {
    if (bytes.length < VARIABLE_AT || bytes[0] != VERSION) {
      throw new DefraException(ErrorCode.CORRUPT, "a stored document is damaged");
    }
    var in = new Varints.In(bytes, VARIABLE_AT);
    int schemaVersion = in.small();
    int count = in.small();
    List<Integer> numbers = new ArrayList<>();
    List<Long> priorities = new ArrayList<>();
    List<Bytes> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(in.small());
      priorities.add(in.varint());
      values.add(Bytes.wrap(in.bytes(in.small())));
    }
    List<Head> heads = heads(in);
    SortedMap<Integer, Field> fields = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      fields.put(numbers.get(i), new Field(values.get(i), priorities.get(i), heads(in)));
    }
    return new DocumentRecord(
        DocumentStatus.values()[bytes[STATUS_AT]],
        ByteBuffer.wrap(bytes).getLong(SEQ_AT),
        schemaVersion,
        heads,
        fields);
  }

  private static List<Head> heads(Varints.In in) {
    int count = in.small();
    List<Head> heads = new ArrayList<>(Math.min(count, 16));
    for (int i = 0; i < count; i++) {
      Bytes digest = Bytes.wrap(in.bytes(Cid.DIGEST_BYTES));
      heads.add(new Head(new Cid(Cid.DAG_CBOR, digest), in.varint()));
    }
    return heads;
  }

  /** {@code lastSeq} is written by {@link #putSeq}, when it is known. */
  public byte[] encode() {
    var out = new Varints.Out(512);
    out.octet(VERSION).octet(status.ordinal()).bytes(new byte[Long.BYTES]);
    out.varint(schemaVersion).varint(fields.size());
    for (Map.Entry<Integer, Field> field : fields.entrySet()) {
      byte[] value = field.getValue().value().unsafeArray();
      out.varint(field.getKey())
          .varint(field.getValue().priority())
          .varint(value.length)
          .bytes(value);
    }
    write(out, heads);
    fields.values().forEach(field -> write(out, field.heads()));
    byte[] bytes = out.toBytes();
    putSeq(bytes, lastSeq);
    return bytes;
  }

  private static void write(Varints.Out out, List<Head> heads) {
    out.varint(heads.size());
    for (Head head : heads) {
      out.bytes(head.cid().digest().unsafeArray()).varint(head.height());
    }
  }

  /** Sets the number of the latest log entry in an encoded record. */
  public static void putSeq(byte[] encoded, long seq) {
    ByteBuffer.wrap(encoded).putLong(SEQ_AT, seq);
  }

  public DocumentStatus status() {
    return status;
  }

  public void setStatus(DocumentStatus newStatus) {
    status = newStatus;
  }

  public boolean isDeleted() {
    return status == DocumentStatus.DELETED;
  }

  public long lastSeq() {
    return lastSeq;
  }

  /** Local number of the version that the values were last written at. */
  public int schemaVersion() {
    return schemaVersion;
  }

  public void setSchemaVersion(int number) {
    schemaVersion = number;
  }

  public List<Head> heads() {
    return heads;
  }

  public void setHeads(List<Head> newHeads) {
    heads = List.copyOf(newHeads);
  }

  /** By field number. */
  public SortedMap<Integer, Field> fields() {
    return fields;
  }
}

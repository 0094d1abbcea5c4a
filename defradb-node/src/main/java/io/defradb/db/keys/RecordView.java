package io.defradb.db.keys;

import io.defradb.crdt.DocumentStatus;
import io.defradb.document.ValueCbor;
import io.defradb.multiformats.Bytes;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The values of an encoded {@link DocumentRecord}, found without decoding anything else. For one
 * thread.
 */
public final class RecordView {
  private static final int ABSENT = -1;

  private final byte[] record;
  private int[] starts = new int[0];
  private int[] lengths = new int[0];
  private int schemaVersion;
  private boolean isRead;

  public RecordView(byte[] record) {
    this.record = record;
  }

  public boolean isDeleted() {
    return isDeleted(record);
  }

  public static boolean isDeleted(byte[] record) {
    return record[DocumentRecord.STATUS_AT] == DocumentStatus.DELETED.ordinal();
  }

  public long lastSeq() {
    return ByteBuffer.wrap(record).getLong(DocumentRecord.SEQ_AT);
  }

  public int schemaVersion() {
    read();
    return schemaVersion;
  }

  public byte[] array() {
    return record;
  }

  /** Where the field's value begins in {@link #array}; -1 when it is not there. */
  public int start(int number) {
    read();
    return number < starts.length ? starts[number] : ABSENT;
  }

  public int length(int number) {
    return lengths[number];
  }

  public Bytes value(int number) {
    int start = start(number);
    return start == ABSENT
        ? ValueCbor.NULL
        : Bytes.wrap(Arrays.copyOfRange(record, start, start + lengths[number]));
  }

  private void read() {
    if (isRead) {
      return;
    }
    isRead = true;
    var in = new Varints.In(record, DocumentRecord.VARIABLE_AT);
    schemaVersion = in.small();
    int count = in.small();
    starts = new int[Math.min(count, record.length) + 4];
    lengths = new int[starts.length];
    Arrays.fill(starts, ABSENT);
    for (int i = 0; i < count; i++) {
      int number = in.small();
      in.varint();
      int length = in.small();
      if (number >= starts.length) {
        int before = starts.length;
        starts = Arrays.copyOf(starts, number + 4);
        lengths = Arrays.copyOf(lengths, number + 4);
        Arrays.fill(starts, before, starts.length, ABSENT);
      }
      starts[number] = in.skip(length);
      lengths[number] = length;
    }
  }
}

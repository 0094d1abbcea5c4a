package io.defradb.storage.rocksdb;

import io.defradb.storage.WriteBatch;
import java.util.List;
import java.util.Objects;

/**
 * Lays a batch out as RocksDB's write-ahead log holds it, so that it crosses to native code in one
 * call, not one an entry (a new document has about thirty).
 *
 * <pre>
 * sequence u64le = 0 | entries u32le | entry*
 * entry: 05 column-family key value   put
 *        04 column-family key         delete
 *        0e column-family from to     delete range
 * column-family: varint; key, value, from, to: varint length, bytes
 * </pre>
 *
 * Source: RocksDB, {@code db/write_batch.cc} and {@code db/dbformat.h}, the record types of the
 * write-ahead log, stable since column families exist.
 */
final class BatchEncoder {
  private static final int HEADER_BYTES = 12;
  private static final byte PUT = 0x05;
  private static final byte DELETE = 0x04;
  private static final byte DELETE_RANGE = 0x0e;
  private static final int VARINT_BYTES_MAX = 5;

  private final byte[] out;
  private int at = HEADER_BYTES;

  private BatchEncoder(int sizeMax) {
    this.out = new byte[sizeMax];
  }

  /** {@code families}: RocksDB's number of the column family by column id. */
  static byte[] encode(List<WriteBatch.Operation> operations, int[] families) {
    int sizeMax = HEADER_BYTES;
    for (WriteBatch.Operation operation : operations) {
      byte[] value = operation.value();
      sizeMax =
          Math.addExact(
              sizeMax,
              1
                  + 3 * VARINT_BYTES_MAX
                  + operation.key().length
                  + (value == null ? 0 : value.length));
    }
    var encoder = new BatchEncoder(sizeMax);
    for (WriteBatch.Operation operation : operations) {
      encoder.add(operation, families[operation.column().id()]);
    }
    return encoder.finish(operations.size());
  }

  private void add(WriteBatch.Operation operation, int family) {
    out[at++] =
        switch (operation.kind()) {
          case PUT -> PUT;
          case DELETE -> DELETE;
          case DELETE_RANGE -> DELETE_RANGE;
        };
    varint(family);
    bytes(operation.key());
    if (operation.kind() != WriteBatch.Kind.DELETE) {
      bytes(Objects.requireNonNull(operation.value()));
    }
  }

  private void bytes(byte[] bytes) {
    varint(bytes.length);
    System.arraycopy(bytes, 0, out, at, bytes.length);
    at += bytes.length;
  }

  private void varint(int value) {
    int rest = value;
    while (rest >= 0x80) {
      out[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    out[at++] = (byte) rest;
  }

  private byte[] finish(int count) {
    for (int i = 0; i < Integer.BYTES; i++) {
      out[Long.BYTES + i] = (byte) (count >>> 8 * i);
    }
    return java.util.Arrays.copyOf(out, at);
  }
}

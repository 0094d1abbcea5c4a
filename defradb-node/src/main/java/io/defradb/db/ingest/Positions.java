package io.defradb.db.ingest;

import io.defradb.db.LocalState;
import io.defradb.db.LocalState.Space;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Positions as they are stored. Texts are Java's modified UTF-8 behind a length of two bytes,
 * numbers big-endian.
 *
 * <pre>
 * sink, topic, partition(4) -> 02 clusterId, topicId, offset(8), epoch second(8), nano(4), digest
 *                              01 the same without digest
 * </pre>
 */
final class Positions {
  private static final int VERSION = 2;
  private static final int VERSION_WITHOUT_DIGEST = 1;

  private Positions() {}

  static Optional<StoredPosition> find(LocalState local, SourcePartition partition) {
    byte[] key = key(partition);
    byte[] value = local.get(Space.INGEST_POSITION, key);
    return value == null ? Optional.empty() : Optional.of(decode(key, value));
  }

  /** {@code sink}: {@code null} for all. */
  static List<StoredPosition> list(LocalState local, @Nullable String sink) {
    byte[] prefix = sink == null ? new byte[0] : write(out -> out.writeUTF(sink));
    var positions = new ArrayList<StoredPosition>();
    for (LocalState.Entry entry : local.list(Space.INGEST_POSITION, prefix)) {
      positions.add(decode(entry.key(), entry.value()));
    }
    return positions;
  }

  static void put(LocalState local, StoredPosition position) {
    SourcePartition partition = position.partition();
    local.put(
        Space.INGEST_POSITION,
        key(partition),
        write(
            out -> {
              out.writeByte(VERSION);
              out.writeUTF(partition.clusterId());
              out.writeUTF(partition.topicId());
              out.writeLong(position.offset());
              Instant time = position.time();
              out.writeLong(time.getEpochSecond());
              out.writeInt(time.getNano());
              out.writeUTF(position.digest());
            }));
  }

  static void remove(LocalState local, SourcePartition partition) {
    local.delete(Space.INGEST_POSITION, key(partition));
  }

  private static byte[] key(SourcePartition partition) {
    return write(
        out -> {
          out.writeUTF(partition.sink());
          out.writeUTF(partition.topic());
          out.writeInt(partition.partition());
        });
  }

  private static StoredPosition decode(byte[] key, byte[] value) {
    try (var keyIn = new DataInputStream(new ByteArrayInputStream(key));
        var in = new DataInputStream(new ByteArrayInputStream(value))) {
      int version = in.readByte();
      if (version != VERSION && version != VERSION_WITHOUT_DIGEST) {
        throw new DefraException(ErrorCode.CORRUPT, "stored position has an unknown version");
      }
      String sink = keyIn.readUTF();
      String topic = keyIn.readUTF();
      int partition = keyIn.readInt();
      String clusterId = in.readUTF();
      String topicId = in.readUTF();
      long offset = in.readLong();
      Instant time = Instant.ofEpochSecond(in.readLong(), in.readInt());
      String digest = version == VERSION ? in.readUTF() : "";
      return new StoredPosition(
          new SourcePartition(sink, clusterId, topic, topicId, partition), offset, digest, time);
    } catch (IOException e) {
      throw new DefraException(ErrorCode.CORRUPT, "stored position is cut off", e);
    }
  }

  private interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  private static byte[] write(Writing writing) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      writing.to(out);
    } catch (IOException e) {
      throw new DefraException(ErrorCode.INVALID_ARGUMENT, "position has a text too long", e);
    }
    return bytes.toByteArray();
  }
}

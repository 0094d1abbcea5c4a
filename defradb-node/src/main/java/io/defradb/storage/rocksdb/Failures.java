package io.defradb.storage.rocksdb;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.Map;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** RocksDB's failures in this product's words. */
final class Failures {
  static final String FULL = "no space left on device";

  private Failures() {}

  static DefraException translate(RocksDBException failure) {
    String detail = String.valueOf(failure.getMessage());
    Status status = failure.getStatus();
    if (isFull(status, detail)) {
      return new DefraException(ErrorCode.STORAGE_FULL, FULL, failure);
    }
    if (status != null && status.getCode() == Status.Code.Corruption) {
      return new DefraException(
          ErrorCode.CORRUPT, "store is corrupt", Map.of("Detail", detail), failure);
    }
    return new DefraException(
        ErrorCode.STORAGE_FAILED, "store failed", Map.of("Detail", detail), failure);
  }

  /** A failure to open the store in {@code directory}. */
  static DefraException translateOpening(RocksDBException failure, String directory) {
    String detail = String.valueOf(failure.getMessage());
    if (detail.contains("While lock file") || detail.contains("lock hold by current process")) {
      // The text that users of the reference know, its word for the store included.
      return new DefraException(
          ErrorCode.STORAGE_LOCKED,
          "Cannot acquire directory lock on \""
              + directory
              + "\".  Another process is using this Badger database. err: resource temporarily"
              + " unavailable",
          failure);
    }
    if (detail.contains("CURRENT") || detail.contains("MANIFEST")) {
      return new DefraException(
          ErrorCode.CORRUPT, "store is corrupt", Map.of("Detail", detail), failure);
    }
    return translate(failure);
  }

  private static boolean isFull(Status status, String detail) {
    return status != null && status.getSubCode() == Status.SubCode.NoSpace
        || detail.contains("No space left on device");
  }
}

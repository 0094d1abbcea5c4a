package io.defradb.query.explain;

import io.defradb.db.StoredDocument;
import io.defradb.document.DocId;
import io.defradb.document.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One scan under several joins: it goes on when all of them have seen its row. */
final class SharedScan extends Step {
  private final ScanStep scan;
  private final int readers;
  private int begun;
  private int asked;
  private boolean isRow;

  SharedScan(ScanStep scan, int readers) {
    this.scan = scan;
    this.readers = readers;
  }

  @Override
  void begin() {
    if (begun == 0) {
      scan.begin();
      asked = 0;
    }
    begun = (begun + 1) % readers;
  }

  @Override
  boolean advance() {
    if (asked == 0) {
      isRow = scan.next();
    }
    asked = (asked + 1) % readers;
    return isRow;
  }

  @Override
  @Nullable StoredDocument document() {
    return scan.document();
  }

  @Override
  void restrictTo(List<DocId> docIds) {
    scan.restrictTo(docIds);
  }

  @Override
  public void close() {
    scan.close();
  }

  @Override
  Value explained() {
    return scan.explained();
  }
}

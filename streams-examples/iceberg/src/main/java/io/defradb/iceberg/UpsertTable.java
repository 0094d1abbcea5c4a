package io.defradb.iceberg;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.parquet.Parquet;

/**
 * An Iceberg table whose rows are a collection's documents. A batch is one snapshot: a delete by
 * DocID of every document that changed, which reaches the rows of older snapshots, the rows of
 * those that are still there, and the position. Nothing of the table is read for it. One thread.
 */
final class UpsertTable {
  private final Table table;
  private final Set<String> knownVersions = new HashSet<>();

  private UpsertTable(Table table) {
    this.table = table;
  }

  /** The table of that name, made if it is not there. */
  static UpsertTable open(Catalog catalog, TableIdentifier name) {
    return new UpsertTable(
        catalog.tableExists(name)
            ? catalog.loadTable(name)
            : catalog
                .buildTable(name, Columns.OWN)
                .withPartitionSpec(PartitionSpec.unpartitioned())
                .withProperty("format-version", "2")
                .create());
  }

  /** Where to go on. */
  Position position() {
    table.refresh();
    return Position.of(table);
  }

  /**
   * Writes the files of a batch. Until {@link RowDelta#commit} they belong to no snapshot: nobody
   * sees them, and the position stands where it stood. The commit fails when the table's position
   * is no longer the batch's start, whoever moved it.
   */
  RowDelta stage(Batch batch) throws IOException {
    evolve(batch);
    OutputFileFactory files =
        OutputFileFactory.builderFor(table, 0, 0).format(FileFormat.PARQUET).build();
    RowDelta delta = table.newRowDelta();
    boolean isFirst = table.currentSnapshot() == null;
    if (!isFirst) {
      Stream<String> docIds = batch.changes().stream().map(Change::docId);
      delta.addDeletes(deletes(files.newOutputFile(), Columns.DOC_ID, docIds));
    }
    if (!isFirst && !batch.end().feed().equals(batch.start().feed())) {
      Stream<String> past = Stream.of(batch.start().feed());
      delta.addDeletes(deletes(files.newOutputFile(), Columns.FEED, past));
    }
    List<Change> living = batch.changes().stream().filter(c -> c.document() != null).toList();
    if (!living.isEmpty()) {
      delta.addRows(rows(files.newOutputFile(), living));
    }
    delta.set(Position.PROPERTY, batch.end().toString());
    delta.validateWith(snapshots -> Position.of(snapshots).equals(batch.start()));
    return delta;
  }

  private void evolve(Batch batch) {
    for (var version : batch.schemas().entrySet()) {
      if (knownVersions.add(version.getKey())) {
        // Commits nothing when every column is there.
        table.updateSchema().unionByNameWith(Columns.of(version.getValue())).commit();
      }
    }
  }

  private DataFile rows(EncryptedOutputFile file, List<Change> changes) throws IOException {
    Schema schema = table.schema();
    DataWriter<Record> writer =
        Parquet.writeData(file)
            .forTable(table)
            .schema(schema)
            .createWriterFunc(GenericParquetWriter::create)
            .withSpec(table.spec())
            .build();
    try (writer) {
      for (Change change : changes) {
        writer.write(Rows.of(schema, change));
      }
    }
    return writer.toDataFile();
  }

  /** Of the rows of older snapshots that have one of these values in the column. */
  private DeleteFile deletes(EncryptedOutputFile file, String column, Stream<String> values)
      throws IOException {
    Schema schema = table.schema().select(column);
    EqualityDeleteWriter<Record> writer =
        Parquet.writeDeletes(file)
            .forTable(table)
            .rowSchema(schema)
            .createWriterFunc(GenericParquetWriter::create)
            .equalityFieldIds(schema.findField(column).fieldId())
            .withSpec(table.spec())
            .buildEqualityWriter();
    try (writer) {
      GenericRecord row = GenericRecord.create(schema);
      values.forEach(value -> writer.write(row.copy(column, value)));
    }
    return writer.toDeleteFile();
  }

  /** The documents as Iceberg's own reader finds them, by DocID. */
  List<ObjectNode> documents(ObjectMapper json) throws IOException {
    table.refresh();
    try (CloseableIterable<Record> rows = IcebergGenerics.read(table).build()) {
      return StreamSupport.stream(rows.spliterator(), false)
          .map(row -> Rows.document(row, json))
          .sorted(Comparator.comparing(row -> row.path(Columns.DOC_ID).asText()))
          .toList();
    }
  }
}

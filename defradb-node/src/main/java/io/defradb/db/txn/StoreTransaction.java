package io.defradb.db.txn;

import io.defradb.acp.AccessStore;
import io.defradb.acp.Asker;
import io.defradb.acp.DocumentAccess;
import io.defradb.acp.NodeAccess;
import io.defradb.db.BlockMerger;
import io.defradb.db.Catalog;
import io.defradb.db.CommitReader;
import io.defradb.db.DocumentReader;
import io.defradb.db.DocumentWriter;
import io.defradb.db.LocalState;
import io.defradb.db.Transaction;
import io.defradb.db.apply.ApplyTarget;
import io.defradb.db.apply.Commit;
import io.defradb.db.catalog.CatalogState;
import io.defradb.db.catalog.CatalogStore;
import io.defradb.db.catalog.TransactionCatalog;
import io.defradb.db.fetch.StoreCommits;
import io.defradb.db.fetch.StoreReader;
import io.defradb.db.index.IndexBuilder;
import io.defradb.db.keys.Columns;
import io.defradb.db.log.LogEntry;
import io.defradb.db.log.LogReader;
import io.defradb.db.log.Origin;
import io.defradb.db.merge.StoreMerger;
import io.defradb.db.migrate.Migrations;
import io.defradb.db.overlay.Overlay;
import io.defradb.db.write.StoreWriter;
import io.defradb.document.DocId;
import io.defradb.lens.Lenses;
import io.defradb.schema.CollectionVersion;
import java.util.ArrayList;
import java.util.List;

/** One open transaction. For one thread at a time. */
final class StoreTransaction implements Transaction {
  private final StoreDatabase database;
  private final long id;
  private final long began;
  private final Overlay overlay;
  private final TransactionCatalog catalog;
  private final Origin origin;
  private final List<Commit> commits = new ArrayList<>();
  private final List<Runnable> afterCommit = new ArrayList<>();
  private final StoreCommits reader;
  private final AccessStore accessStore;
  private final DocumentAccess access;
  private final ApplyTarget target;
  private boolean isClosed;

  StoreTransaction(
      StoreDatabase database,
      long id,
      long began,
      Overlay overlay,
      CatalogState state,
      Origin origin) {
    this.database = database;
    this.id = id;
    this.began = began;
    this.overlay = overlay;
    this.origin = origin;
    this.catalog =
        new TransactionCatalog(
            overlay,
            state,
            new IndexBuilder(database.settings().indexes()),
            database::nextGeneration);
    this.reader = new StoreCommits(overlay, catalog, commits);
    this.accessStore = new LocalAccessStore(local());
    this.access =
        new LoggedAccess(database.settings().access().within(accessStore), this::noteGrant);
    this.target =
        new ApplyTarget(
            overlay,
            catalog,
            versionId -> catalog.state().versionNumbers().getOrDefault(versionId, 0),
            database.settings().indexes(),
            database.settings().clock(),
            origin,
            commits);
    overlay.noteRead(Columns.SYSTEM, CatalogStore.generationKey());
  }

  @Override
  public long id() {
    return id;
  }

  /** The number of the last commit that it sees. */
  long began() {
    return began;
  }

  @Override
  public boolean isReadOnly() {
    return overlay.isReadOnly();
  }

  @Override
  public Catalog catalog() {
    return catalog;
  }

  TransactionCatalog ownCatalog() {
    return catalog;
  }

  Overlay overlay() {
    return overlay;
  }

  Origin origin() {
    return origin;
  }

  List<Commit> ownCommits() {
    return commits;
  }

  @Override
  public DocumentReader documents(Asker asker) {
    return new StoreReader(
        overlay, catalog, database.settings().indexes(), access, asker, reader, migrations());
  }

  @Override
  public Lenses lenses() {
    return database.lenses();
  }

  private Migrations migrations() {
    return new Migrations(catalog::state, database.lenses());
  }

  @Override
  public DocumentWriter writer(Asker asker) {
    return new StoreWriter(target, local(), database.settings(), access, asker, migrations());
  }

  @Override
  public BlockMerger merger() {
    return new StoreMerger(target, reader, local(), database.signatures());
  }

  @Override
  public CommitReader commits() {
    return reader;
  }

  private void noteGrant(CollectionVersion collection, DocId docId) {
    reader
        .tip(collection, docId) // what is registered may be elsewhere
        .map(
            tip ->
                LogEntry.ofAccess(
                    docId,
                    collection.versionId(),
                    tip.height(),
                    tip.heads(),
                    database.settings().clock().instant(),
                    origin))
        .ifPresent(entry -> commits.add(new Commit(entry, List.of(), null, null)));
  }

  @Override
  public DocumentAccess access() {
    return access;
  }

  @Override
  public NodeAccess nodeAccess() {
    return new NodeAccess(accessStore, database.settings().clock());
  }

  @Override
  public LocalState local() {
    return new OverlayLocalState(overlay);
  }

  @Override
  public LogReader log() {
    return new LogReader(overlay.snapshot());
  }

  @Override
  public void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  @Override
  public void commit() {
    if (isClosed) {
      throw new IllegalStateException("the transaction is closed");
    }
    if (overlay.hasWrites() || !commits.isEmpty()) {
      database.commit(this);
    }
    close();
    afterCommit.forEach(Runnable::run);
  }

  @Override
  public void close() {
    if (!isClosed) {
      isClosed = true;
      overlay.close();
      database.ended(this);
    }
  }
}

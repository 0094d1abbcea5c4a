package io.defradb.query.operator;

import io.defradb.dag.Block;
import io.defradb.db.Catalog;
import io.defradb.db.CommitAccess;
import io.defradb.db.CommitReader;
import io.defradb.db.CommitReader.DocumentHeads;
import io.defradb.db.CommitReader.FieldHeads;
import io.defradb.db.StoredDocument;
import io.defradb.document.DocId;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Cid;
import io.defradb.query.plan.PlanNode;
import io.defradb.schema.CollectionVersion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Commits in the order in which requests answer them (query language specification, 5). */
final class CommitSource {
  private final CommitReader commits;
  private final Catalog catalog;
  private final CommitAccess access;

  CommitSource(CommitReader commits, Catalog catalog, CommitAccess access) {
    this.commits = commits;
    this.catalog = catalog;
    this.access = access;
  }

  /** A document's composite commits, newest first; of a past document those up to then. */
  Iterator<CommitRow> ofDocument(Row row) {
    StoredDocument document = row.document();
    if (document != null && !document.pastHeads().isEmpty()) {
      return chain(document.pastHeads(), null);
    }
    return commits
        .heads(row.docId())
        .<Iterator<CommitRow>>map(it -> chain(it.composite(), null))
        .orElse(Collections.emptyIterator());
  }

  Iterator<CommitRow> scan(PlanNode.CommitScan scan) {
    if (scan.cid() != null) {
      return from(Cid.fromText(scan.cid()), scan);
    }
    if (scan.docId() != null) {
      return commits
          .heads(new DocId(scan.docId()))
          .map(it -> chains(it, scan))
          .orElse(Collections.emptyIterator());
    }
    Iterator<CommitRow> ofCollections =
        scan.fieldName() == null ? ofCollections(scan.depth()) : Collections.emptyIterator();
    if (scan.isCollectionOnly()) {
      return ofCollections;
    }
    return new Joined<>(
        List.of(ofCollections, new Joined<>(commits.allHeads(), it -> chains(it, scan))).iterator(),
        Function.identity());
  }

  private Iterator<CommitRow> from(Cid cid, PlanNode.CommitScan scan) {
    Block block =
        commits
            .block(cid)
            .filter(it -> access.isVisible(it.delta()))
            .orElseThrow(
                () ->
                    new DefraException(
                        ErrorCode.BLOCK_NOT_FOUND, "missing cid\nipld: could not find " + cid));
    String docId = CommitRow.docIdText(block.delta());
    if (scan.docId() != null && !scan.docId().equals(docId)) {
      throw new DefraException(ErrorCode.INVALID_REQUEST, "cid does not belong to document");
    }
    String fieldName = CommitRow.fieldName(block.delta());
    boolean isOther =
        (scan.fieldName() != null && !scan.fieldName().equals(fieldName))
            || (scan.isCollectionOnly() && fieldName != null);
    return isOther
        ? Collections.emptyIterator()
        : chain(List.of(cid), Objects.requireNonNullElse(scan.depth(), 1L));
  }

  private Iterator<CommitRow> ofCollections(@Nullable Long depth) {
    var collections = new ArrayList<CollectionVersion>();
    for (CollectionVersion version : catalog.active()) {
      if (version.isBranchable()) {
        collections.add(version);
      }
    }
    collections.sort(
        Comparator.comparing(it -> Integer.toString(catalog.shortId(it.collectionId()))));
    return new Joined<>(collections.iterator(), it -> chain(commits.collectionHeads(it), depth));
  }

  private Iterator<CommitRow> chains(DocumentHeads heads, PlanNode.CommitScan scan) {
    if (scan.isCollectionOnly() || !access.isVisible(heads.collectionId(), heads.docId())) {
      return Collections.emptyIterator();
    }
    List<List<Cid>> chains = new ArrayList<>();
    // Field numbers are compared as texts, 10 before 2: so the reference's keys are ordered, which
    // counts from one.
    var fields = new ArrayList<>(heads.fields());
    fields.sort(Comparator.comparing(it -> Integer.toString(it.fieldNumber() + 1)));
    for (FieldHeads field : fields) {
      if (scan.fieldName() == null || scan.fieldName().equals(field.fieldName())) {
        chains.add(field.heads());
      }
    }
    if (scan.fieldName() == null || scan.fieldName().equals(CommitRow.COMPOSITE)) {
      chains.add(heads.composite());
    }
    return new Joined<>(chains.iterator(), it -> chain(it, scan.depth()));
  }

  private CommitChain chain(List<Cid> heads, @Nullable Long depth) {
    long levels = Objects.requireNonNullElse(depth, Long.MAX_VALUE);
    return new CommitChain(
        commits, heads, Math.max(levels, 1)); // the heads themselves are answered
  }

  /** The rows of one source after the other, each opened when it is reached. */
  private static final class Joined<T> implements Iterator<CommitRow> {
    private final Iterator<? extends T> sources;
    private final Function<? super T, Iterator<CommitRow>> open;
    private Iterator<CommitRow> current = Collections.emptyIterator();

    Joined(Iterator<? extends T> sources, Function<? super T, Iterator<CommitRow>> open) {
      this.sources = sources;
      this.open = open;
    }

    @Override
    public boolean hasNext() {
      while (!current.hasNext() && sources.hasNext()) {
        current = open.apply(sources.next());
      }
      return current.hasNext();
    }

    @Override
    public CommitRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return current.next();
    }
  }
}

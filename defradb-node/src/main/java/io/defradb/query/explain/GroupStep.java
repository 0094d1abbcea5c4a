package io.defradb.query.explain;

import io.defradb.db.StoredDocument;
import io.defradb.document.Value;
import io.defradb.request.Select;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Groups of documents, by what a key tells of each. */
final class GroupStep extends GroupingStep {
  private final Measurement measurement;
  private final Function<StoredDocument, Value> key;
  private final List<Select> members;
  private final BiPredicate<Select, StoredDocument> isMember;
  private final Map<Value, List<StoredDocument>> byKey = new LinkedHashMap<>();
  private long hiddenBefore;
  private long hiddenAfter;

  /**
   * @param members the selections of {@code _group}
   * @param isMember whether a row passes such a selection's filter
   */
  GroupStep(
      Measurement measurement,
      Step source,
      Function<StoredDocument, Value> key,
      List<Select> members,
      BiPredicate<Select, StoredDocument> isMember) {
    super(source, members.size());
    this.measurement = measurement;
    this.key = key;
    this.members = members;
    this.isMember = isMember;
  }

  @Override
  void take(@Nullable StoredDocument document) {
    if (document != null) {
      measurement.hold(1);
      byKey.computeIfAbsent(key.apply(document), it -> new ArrayList<>()).add(document);
    }
  }

  @Override
  long groups() {
    for (Select select : members) {
      if (select.page().isGiven()) {
        byKey.values().forEach(group -> hide(select, group));
      }
    }
    long groups = byKey.size();
    byKey.clear();
    return groups;
  }

  private void hide(Select select, List<StoredDocument> rows) {
    long matching = rows.stream().filter(it -> isMember.test(select, it)).count();
    long after = Math.max(matching - select.page().skipped(), 0);
    hiddenBefore += matching - after;
    boolean isUnlimited = select.page().taken() == 0 && !select.page().isOfNone();
    hiddenAfter += isUnlimited ? 0 : Math.max(after - select.page().taken(), 0);
  }

  @Override
  long hiddenBefore() {
    return hiddenBefore;
  }

  @Override
  long hiddenAfter() {
    return hiddenAfter;
  }
}

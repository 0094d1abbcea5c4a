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

/**
 * Takes all rows and gives a row a group. Every selection of members reads the rows once more, from
 * what was kept of them.
 */
final class GroupStep extends OverStep {
  private final Measurement measurement;
  private final Function<StoredDocument, Value> key;
  private final List<Select> members;
  private final BiPredicate<Select, StoredDocument> isMember;
  private long groups;
  private long given;
  private boolean isFilled;
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
    super("groupNode", source);
    this.measurement = measurement;
    this.key = key;
    this.members = members;
    this.isMember = isMember;
  }

  @Override
  void begin() {
    isFilled = false;
    given = 0;
    super.begin();
  }

  @Override
  boolean advance() {
    if (!isFilled) {
      isFilled = true;
      fill();
    }
    return given++ < groups;
  }

  private void fill() {
    Map<Value, List<StoredDocument>> byKey = new LinkedHashMap<>();
    long rows = 0;
    while (source().next()) {
      rows++;
      StoredDocument document = source().document();
      if (document != null) {
        measurement.hold(1);
        byKey.computeIfAbsent(key.apply(document), it -> new ArrayList<>()).add(document);
      }
    }
    groups = byKey.size();
    Rereading.count(members.size(), source(), rows);
    for (Select select : members) {
      if (select.limit() != 0 || select.offset() != 0) {
        byKey.values().forEach(group -> hide(select, group));
      }
    }
  }

  private void hide(Select select, List<StoredDocument> rows) {
    long matching = rows.stream().filter(it -> isMember.test(select, it)).count();
    long offset = Math.max(select.offset(), 0);
    hiddenBefore += Math.min(offset, matching);
    hiddenAfter += Math.max(matching - Math.max(select.limit(), 0) - offset, 0);
  }

  @Override
  Tree attributes(Tree counts) {
    return counts
        .with("groups", new Value.Int(groups))
        .with("childSelections", new Value.Int(groups * members.size()))
        .with("hiddenBeforeOffset", new Value.Int(hiddenBefore))
        .with("hiddenAfterLimit", new Value.Int(hiddenAfter))
        .with("hiddenChildSelections", new Value.Int(hiddenBefore + hiddenAfter));
  }
}

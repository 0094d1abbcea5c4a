package io.defradb.query.plan;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.request.Aggregate;
import io.defradb.request.CommitSelect;
import io.defradb.request.Select;
import io.defradb.request.Selection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of what may stand beside a {@code groupBy} (query language specification, 3.2). */
public final class Grouping {
  private Grouping() {}

  /** {@code groupBy} null: not grouped, and then {@code _group} may not be named. */
  public static void check(@Nullable List<String> groupBy, List<Selection> selections) {
    for (Selection selection : selections) {
      if (groupBy == null) {
        checkUngrouped(selection);
      } else {
        checkGrouped(groupBy, selection);
      }
    }
  }

  static boolean isGroup(Selection selection) {
    return (selection instanceof Select select && select.name().equals(Select.GROUP))
        || (selection instanceof CommitSelect commits && commits.kind() == CommitSelect.Kind.GROUP);
  }

  private static void checkUngrouped(Selection selection) {
    boolean isGroupNamed =
        isGroup(selection)
            || (selection instanceof Aggregate aggregate
                && aggregate.targets().stream().anyMatch(it -> it.host().equals(Select.GROUP)));
    if (isGroupNamed) {
      throw new DefraException(
          ErrorCode.INVALID_REQUEST, "_group may only be referenced when within a groupBy request");
    }
  }

  private static void checkGrouped(List<String> groupBy, Selection selection) {
    if (selection instanceof Selection.Field field && !isKey(field.name(), groupBy)) {
      throw noKey(field.name());
    } else if (selection instanceof Select select && !isGroup(select)) {
      checkGrouped(groupBy, select.name());
    } else if (selection instanceof CommitSelect commits && !isGroup(commits)) {
      checkGrouped(
          groupBy,
          commits.kind() == CommitSelect.Kind.VERSION
              ? "_version"
              : String.valueOf(commits.fieldName()));
    }
  }

  /** What is no plain field: a relation is one of the keys by its own key, too. */
  private static void checkGrouped(List<String> groupBy, String name) {
    if (!isKey(name, groupBy) && !groupBy.contains(name + Relations.KEY_SUFFIX)) {
      throw noKey(name);
    }
  }

  /** Whether groups by {@code keys} have the field: it is a key, or the key of a relation. */
  public static boolean isKey(String name, List<String> keys) {
    return keys.stream().anyMatch(it -> it.equals(name) || name.equals(it + Relations.KEY_SUFFIX));
  }

  /** The fault of a field that groups do not have. */
  public static DefraException noKey(String name) {
    return new DefraException(
        ErrorCode.INVALID_REQUEST,
        "cannot select a non-group-by field at group-level",
        "Field",
        name);
  }
}

package io.defradb.graphql.parse;

import io.defradb.query.plan.Grouping;
import io.defradb.request.Request;
import io.defradb.request.RootField;
import io.defradb.request.Select;
import io.defradb.request.Selection;
import java.util.ArrayList;
import java.util.List;

/**
 * Which fields are asked of groups that are no keys of them: of the root's selections and of those
 * right below, all are named, explained requests included.
 */
final class GroupKeys {
  private GroupKeys() {}

  /** A text for each. */
  static List<String> faults(Request request) {
    var faults = new ArrayList<String>();
    for (RootField field : request.fields()) {
      if (field instanceof Select select) {
        addFaults(select, faults);
        for (Selection selection : select.selections()) {
          if (selection instanceof Select below) {
            addFaults(below, faults);
          }
        }
      }
    }
    return faults;
  }

  private static void addFaults(Select select, List<String> faults) {
    List<String> keys = select.groupBy();
    if (keys == null) {
      return;
    }
    for (Selection selection : select.selections()) {
      if (selection instanceof Selection.Field field && !Grouping.isKey(field.name(), keys)) {
        faults.add(Grouping.noKey(field.name()).getMessage());
      }
    }
  }
}

package io.defradb.query.plan;

import io.defradb.request.Aggregate;
import io.defradb.request.CommitSelect;
import io.defradb.request.Order;
import io.defradb.request.Selection;
import io.defradb.request.TypeName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plans selections of commits (query language specification, 5). */
final class CommitPlanner {
  /** The field name under which a document's own commits go. */
  static final String COMPOSITE = "_C";

  private static final String ALIAS = "_alias";

  private final PlanContext context;
  private final AggregatePlanner aggregates;

  CommitPlanner(PlanContext context, AggregatePlanner aggregates) {
    this.context = context;
    this.aggregates = aggregates;
  }

  SelectPlan top(CommitSelect select) {
    boolean isLatest = select.kind() == CommitSelect.Kind.LATEST_COMMITS;
    boolean isUnnamed = select.isFieldNameNull() || "".equals(select.fieldName());
    boolean isComposite =
        (isLatest && select.fieldName() == null) || (isUnnamed && select.docId() != null);
    String fieldName = isComposite ? COMPOSITE : isUnnamed ? null : select.fieldName();
    boolean isNull = isUnnamed && !isComposite;
    Long depth = isLatest ? Long.valueOf(1) : select.depth();
    if (depth != null && depth < 0) {
      depth = Long.MAX_VALUE; // counted without a sign
    }
    return over(
        new PlanNode.CommitScan(select.docId(), select.cid(), fieldName, isNull, depth), select);
  }

  SelectPlan version(CommitSelect select) {
    return over(new PlanNode.DocumentCommits(), select);
  }

  private SelectPlan over(PlanNode leaf, CommitSelect select) {
    if (select.groupBy() == null) { // groups of commits answer all that their first commit has
      Grouping.check(null, select.selections());
    }
    Map<String, Expression> aliases = aliases(select.selections());
    var pipeline = new Pipeline(leaf);
    if (select.groupBy() != null) {
      var keys = new ArrayList<Expression>();
      for (String name : select.groupBy()) {
        keys.add(value(name));
      }
      pipeline.group(keys, new GroupUse(true, List.of()), null);
    }
    pipeline.sort(sortKeys(select.order(), aliases)).limit(select.page());
    return new SelectPlan(context.rewrite(pipeline.rows()), outputs(select.selections(), aliases));
  }

  private static Expression value(String name) {
    return CommitField.byName(name).orElseThrow(() -> PlanContext.notFound(name)).expression();
  }

  private static List<PlanNode.SortKey> sortKeys(
      List<Order> orders, Map<String, Expression> aliases) {
    var keys = new ArrayList<PlanNode.SortKey>(orders.size());
    for (Order order : orders) {
      String last = order.path().get(order.path().size() - 1);
      Expression expression = order.path().get(0).equals(ALIAS) ? aliases.get(last) : value(last);
      if (expression == null) {
        throw PlanContext.notFound(last);
      }
      keys.add(new PlanNode.SortKey(expression, order.isDescending()));
    }
    return keys;
  }

  private Map<String, Expression> aliases(List<Selection> selections) {
    var aliases = new LinkedHashMap<String, Expression>();
    for (Selection selection : selections) {
      if (selection instanceof Aggregate aggregate) {
        aliases.putIfAbsent(aggregate.responseName(), aggregates.ofCommit(aggregate));
      } else if (selection instanceof Selection.Field field) {
        aliases.putIfAbsent(field.responseName(), value(field.name()));
      }
    }
    return aliases;
  }

  private List<Output> outputs(List<Selection> selections, Map<String, Expression> aliases) {
    var outputs = new SelectPlanner.Outputs();
    for (Selection selection : selections) {
      if (!outputs.has(selection.responseName())) {
        outputs.add(output(selection, aliases.get(selection.responseName())));
      }
    }
    return outputs.sorted();
  }

  private Output output(Selection selection, @Nullable Expression expression) {
    String name = selection.responseName();
    if (expression != null) {
      return new Output.Computed(name, expression);
    }
    if (selection instanceof TypeName typeName) {
      return new Output.FixedText(name, typeName.typeName());
    }
    if (!(selection instanceof CommitSelect part)) {
      throw PlanContext.notFound(name);
    }
    if (part.kind() == CommitSelect.Kind.GROUP) {
      return new Output.Objects(name, over(new PlanNode.GroupMembers(), part));
    }
    List<Output.Part> parts = parts(part.selections());
    return "signature".equals(part.fieldName())
        ? new Output.Signature(name, parts)
        : new Output.Links(name, parts);
  }

  private static List<Output.Part> parts(List<Selection> selections) {
    var outputs = new SelectPlanner.Outputs();
    for (Selection selection : selections) {
      String name = selection.responseName();
      if (selection instanceof Selection.Field field) {
        outputs.add(new Output.FixedText(name, field.name()));
      } else if (selection instanceof TypeName) {
        outputs.add(new Output.FixedText(name, "__typename"));
      }
    }
    var typeNames = new LinkedHashMap<String, String>();
    for (Selection selection : selections) {
      if (selection instanceof TypeName typeName) {
        typeNames.put(typeName.responseName(), typeName.typeName());
      }
    }
    var parts = new ArrayList<Output.Part>();
    for (Output output : outputs.sorted()) {
      String field = ((Output.FixedText) output).text();
      parts.add(new Output.Part(output.name(), field, typeNames.getOrDefault(output.name(), "")));
    }
    return parts;
  }
}

package io.defradb.query.operator;

import io.defradb.document.JsonWriter;
import io.defradb.query.plan.PlanNode;
import org.jspecify.annotations.Nullable;

/** What a view's query answers now, row by row. */
final class ViewOperator implements Operator {
  private final Run run;
  private final PlanNode.View plan;
  private final Operator source;
  private final JsonWriter json = new JsonWriter();

  ViewOperator(Run run, PlanNode.View plan) {
    this.run = run;
    this.plan = plan;
    this.source = run.operators().open(plan.source().rows(), new RootRow());
  }

  @Override
  public @Nullable Row next() {
    byte[] row = nextJson();
    return row == null ? null : new ViewRow(plan.view(), ViewValues.read(row), row.length);
  }

  /** The row as JSON. */
  byte @Nullable [] nextJson() {
    Row row = source.next();
    if (row == null) {
      return null;
    }
    json.reset();
    run.writer().write(plan.source().outputs(), row, json);
    run.checkAnswer(json);
    return json.toBytes();
  }

  @Override
  public void close() {
    source.close();
  }
}

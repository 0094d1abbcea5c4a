package io.defradb.query.operator;

import io.defradb.document.JsonWriter;
import io.defradb.lens.ItemSource;
import io.defradb.lens.LensConfig;
import io.defradb.query.plan.PlanNode;
import io.defradb.schema.CollectionVersion;
import org.jspecify.annotations.Nullable;

/** What a view's query answers now, row by row. */
final class ViewOperator implements Operator {
  private final Run run;
  private final PlanNode.View plan;
  private final Operator source;
  private final ItemSource items;
  private final JsonWriter json = new JsonWriter();

  ViewOperator(Run run, PlanNode.View plan) {
    this.run = run;
    this.plan = plan;
    this.source = run.operators().open(plan.source().rows(), new RootRow());
    String transform =
        plan.view().query().map(CollectionVersion.Source.Query::transformJson).orElse(null);
    this.items =
        transform == null
            ? this::sourceJson
            : run.lenses().open(LensConfig.parse(transform), this::sourceJson);
  }

  @Override
  public @Nullable Row next() {
    byte[] row = nextJson();
    return row == null ? null : new ViewRow(plan.view(), ViewValues.read(row), row.length);
  }

  /** The row as JSON. */
  byte @Nullable [] nextJson() {
    return items.next();
  }

  private byte @Nullable [] sourceJson() {
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

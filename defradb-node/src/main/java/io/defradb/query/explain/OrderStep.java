package io.defradb.query.explain;

import io.defradb.db.StoredDocument;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes all rows before it gives the first. It keeps their order: in which one they come changes no
 * count.
 */
final class OrderStep extends OverStep {
  private final Measurement measurement;
  private final Deque<Optional<StoredDocument>> rows = new ArrayDeque<>();
  private boolean isFilled;

  OrderStep(Measurement measurement, Step source) {
    super("orderNode", source);
    this.measurement = measurement;
  }

  @Override
  void begin() {
    rows.clear();
    isFilled = false;
    super.begin();
  }

  @Override
  boolean advance() {
    if (isFilled) {
      rows.poll();
      return !rows.isEmpty();
    }
    isFilled = true;
    while (source().next()) {
      measurement.hold(1);
      rows.add(Optional.ofNullable(source().document()));
    }
    return !rows.isEmpty();
  }

  @Override
  @Nullable StoredDocument document() {
    Optional<StoredDocument> first = rows.peek();
    return first == null ? null : first.orElse(null);
  }
}

package io.defradb.query.aggregate;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.List;

/** The register of aggregates. */
public final class AggregateFunctions {
  private static final List<AggregateFunction> ALL =
      List.of(
          new CountFunction(),
          new SumFunction(),
          new AverageFunction(),
          new ExtremeFunction("_min", false),
          new ExtremeFunction("_max", true));

  private AggregateFunctions() {}

  public static List<AggregateFunction> all() {
    return ALL;
  }

  /** Throws INVALID_REQUEST for a name that is not registered. */
  public static AggregateFunction byName(String name) {
    for (AggregateFunction function : ALL) {
      if (function.name().equals(name)) {
        return function;
      }
    }
    throw new DefraException(ErrorCode.INVALID_REQUEST, "field or alias not found", "Name", name);
  }
}

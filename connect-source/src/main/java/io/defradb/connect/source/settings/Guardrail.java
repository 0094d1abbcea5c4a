package io.defradb.connect.source.settings;

import java.util.Locale;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;

/**
 * How many collections are still meant: an expression that matches a thousand is often a mistake.
 * Immutable.
 *
 * @param max 0: as many as there are
 * @param isFailing whether more end the connector, or only a line in the log
 */
public record Guardrail(int max, boolean isFailing) {
  static final String MAX = "guardrail.collections.max";
  static final String ACTION = "guardrail.collections.limit.action";
  private static final String GROUP = "Filters";

  static void define(ConfigDef def) {
    def.define(
        MAX,
        Type.INT,
        0,
        Range.between(0, 1_000_000),
        Importance.LOW,
        "Collections that are read, at most, by expressions that match more than was meant; 0: any"
            + " number.",
        GROUP,
        11,
        Width.SHORT,
        "Collections at most");
    def.define(
        ACTION,
        Type.STRING,
        "warn",
        Words.of("warn", "fail"),
        Importance.LOW,
        "What more of them do: warn, the log says so; fail, the connector is refused, or fails as"
            + " soon as a new collection makes it too many, and reads nothing.",
        GROUP,
        12,
        Width.SHORT,
        "Too many collections");
  }

  static Guardrail of(AbstractConfig config) {
    return new Guardrail(
        config.getInt(MAX), config.getString(ACTION).toLowerCase(Locale.ROOT).equals("fail"));
  }

  public boolean isExceededBy(int collections) {
    return max > 0 && collections > max;
  }

  /** Says it in full. */
  public String text(int collections) {
    return collections + " collections are to be read, and " + MAX + " is " + max;
  }

  /** Adds a fault where these collections would end the connector. */
  public void check(Config config, int collections) {
    if (isFailing && isExceededBy(collections)) {
      SourceValidation.fault(config, MAX, "is too low: " + text(collections));
    }
  }
}

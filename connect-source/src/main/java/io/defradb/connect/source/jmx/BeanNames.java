package io.defradb.connect.source.jmx;

import java.util.Map;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * The names of one task's MBeans: as Debezium's, in a domain of their own. Immutable.
 *
 * @param server the topic prefix
 * @param task its number among the connector's
 * @param tags of the operator's own
 */
public record BeanNames(String server, int task, Map<String, String> tags) {

  /** {@code io.defradb:type=<type>,context=<context>,server=<prefix>,task=<number>}, and tags. */
  public ObjectName of(String type, String context) {
    var text =
        new StringBuilder("io.defradb:type=" + type + ",context=" + context + ",server=")
            .append(quoted(server))
            .append(",task=")
            .append(task);
    tags.forEach((name, value) -> text.append(',').append(name).append('=').append(quoted(value)));
    try {
      return new ObjectName(text.toString());
    } catch (MalformedObjectNameException e) {
      throw new IllegalArgumentException("no name of an MBean: " + text, e);
    }
  }

  private static String quoted(String text) {
    return text.matches("[\\w.-]+") ? text : ObjectName.quote(text);
  }
}

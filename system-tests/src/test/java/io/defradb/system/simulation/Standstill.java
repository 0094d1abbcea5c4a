package io.defradb.system.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;
import org.jspecify.annotations.Nullable;

/**
 * What a run that does not end leaves behind, so that nobody has to see it twice: what was given by
 * the harness, all that the connectors' beans tell, and where every thread stands. Pure but for the
 * file {@code target/standstill-<seed>.txt}.
 */
final class Standstill {
  private final long seed;
  private final StringBuilder text = new StringBuilder();

  Standstill(long seed) {
    this.seed = seed;
  }

  /** One line of what the harness knows. */
  Standstill tell(String what, Object state) {
    text.append(what).append(": ").append(state).append('\n');
    return this;
  }

  /** Writes the rest and the file; {@code why} and where the file is are the error's message. */
  AssertionError error(String why) {
    beans();
    threads();
    Path file = Path.of("target", "standstill-" + seed + ".txt");
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, why + "\n" + text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new AssertionError("seed " + seed + ": " + why + "; see " + file.toAbsolutePath());
  }

  private void beans() {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    for (ObjectName name : server.queryNames(null, null)) {
      if (name.getDomain().startsWith("io.defradb")) {
        tell(name.toString(), attributes(server, name));
      }
    }
  }

  /** By name; empty when the bean has gone meanwhile. */
  private static Map<String, Object> attributes(MBeanServer server, ObjectName name) {
    Map<String, Object> values = new TreeMap<>();
    try {
      for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
        values.put(attribute.getName(), shown(server.getAttribute(name, attribute.getName())));
      }
    } catch (JMException e) {
      values.put("unreadable", e);
    }
    return values;
  }

  private static String shown(@Nullable Object value) {
    if (value instanceof Object[] values) {
      return Arrays.toString(values);
    }
    return value instanceof TabularData table ? table.values().toString() : String.valueOf(value);
  }

  private void threads() {
    for (ThreadInfo thread : ManagementFactory.getThreadMXBean().dumpAllThreads(true, true)) {
      text.append('\n')
          .append(thread.getThreadName())
          .append(' ')
          .append(thread.getThreadState())
          .append(thread.getLockName() == null ? "" : " on " + thread.getLockName())
          .append(thread.getLockOwnerName() == null ? "" : " of " + thread.getLockOwnerName())
          .append('\n');
      for (StackTraceElement frame : thread.getStackTrace()) {
        text.append("    ").append(frame).append('\n');
      }
    }
  }
}

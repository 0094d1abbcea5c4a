package io.defradb.connect.source.signal;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code io.defradb:type=signal,server=<prefix>,reader=<task>}. */
final class JmxChannel implements SignalChannel {
  private static final Logger LOG = LoggerFactory.getLogger(JmxChannel.class);
  private static final int WAITING_MAX = 100;

  private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
  private final ObjectName name;

  JmxChannel(String prefix, String reader) {
    try {
      name =
          new ObjectName(
              "io.defradb:type=signal,server="
                  + ObjectName.quote(prefix)
                  + ",reader="
                  + ObjectName.quote(reader));
      SignalMBean bean = this::signal;
      var server = ManagementFactory.getPlatformMBeanServer();
      if (server.isRegistered(name)) {
        server.unregisterMBean(name); // of a task before that was not stopped in time
      }
      server.registerMBean(new StandardMBean(bean, SignalMBean.class), name);
    } catch (JMException e) {
      throw new IllegalStateException("signals over JMX cannot be offered", e);
    }
  }

  private void signal(String id, String type, String data) {
    String body = data == null || data.isBlank() ? "{}" : data;
    String text = "{\"id\":\"" + id + "\",\"type\":\"" + type + "\",\"data\":" + body + "}";
    if (!waiting.offer(text)) {
      throw new IllegalStateException("there are " + WAITING_MAX + " signals waiting already");
    }
  }

  @Override
  public List<String> poll() {
    List<String> texts = new ArrayList<>();
    waiting.drainTo(texts);
    return texts;
  }

  @Override
  public void acknowledge() {}

  @Override
  public void close() {
    try {
      ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
    } catch (JMException e) {
      LOG.debug("The door for signals was gone already", e);
    }
  }
}

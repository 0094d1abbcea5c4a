package io.defradb.connect.source.signal;

import io.defradb.client.jmx.RegisteredBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import javax.management.JMException;
import javax.management.ObjectName;

/** {@code io.defradb:type=signal,server=<prefix>,reader=<task>}. */
final class JmxChannel implements SignalChannel {
  private static final int WAITING_MAX = 100;

  private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
  private final RegisteredBean bean;

  JmxChannel(String prefix, String reader) {
    try {
      var name =
          new ObjectName(
              "io.defradb:type=signal,server="
                  + ObjectName.quote(prefix)
                  + ",reader="
                  + ObjectName.quote(reader));
      SignalMBean door = this::signal;
      bean = RegisteredBean.require(name, door, SignalMBean.class);
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
    bean.close();
  }
}

package io.defradb.system.bridge;

import com.sun.tools.attach.VirtualMachine;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The MBeans of a worker that this JVM has started. */
final class WorkerBeans implements AutoCloseable {
  private final JMXConnector connector;
  private final MBeanServerConnection server;

  private WorkerBeans(JMXConnector connector) throws Exception {
    this.connector = connector;
    this.server = connector.getMBeanServerConnection();
  }

  /** {@code mainClass}: the worker's, which no other child of this JVM runs now. */
  @SuppressWarnings("BanJNDI") // the agent of a process that this test has started
  static WorkerBeans of(String mainClass) throws Exception {
    ProcessHandle worker =
        ProcessHandle.current()
            .descendants()
            .filter(
                process -> process.info().commandLine().orElse("").contains("." + mainClass + " "))
            .findFirst()
            .orElseThrow();
    VirtualMachine machine = VirtualMachine.attach(String.valueOf(worker.pid()));
    try {
      var url = new JMXServiceURL(machine.startLocalManagementAgent());
      return new WorkerBeans(JMXConnectorFactory.connect(url));
    } finally {
      machine.detach();
    }
  }

  Set<ObjectName> names(String pattern) throws Exception {
    return server.queryNames(new ObjectName(pattern), null);
  }

  Object attribute(String name, String attribute) throws Exception {
    return server.getAttribute(new ObjectName(name), attribute);
  }

  /** Every attribute of the beans that match. */
  Map<String, Object> attributes(String pattern) throws Exception {
    Map<String, Object> values = new TreeMap<>();
    for (ObjectName name : names(pattern)) {
      for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
        values.put(attribute.getName(), server.getAttribute(name, attribute.getName()));
      }
    }
    return values;
  }

  void call(ObjectName name, String operation, String... texts) throws Exception {
    String[] types = new String[texts.length];
    java.util.Arrays.fill(types, String.class.getName());
    server.invoke(name, operation, texts, types);
  }

  @Override
  public void close() throws Exception {
    connector.close();
  }
}

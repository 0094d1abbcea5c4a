package io.defradb.connect.source.jmx;

import java.lang.management.ManagementFactory;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An MBean of the platform's server until it is closed. One of the same name, of a task before that
 * was not stopped in time, gives way.
 */
public final class RegisteredBean implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RegisteredBean.class);

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final ObjectName name;

  /** One that is only looked at: when it cannot be registered, the log says so. */
  public RegisteredBean(ObjectName name, Object bean) {
    this(name);
    try {
      register(bean);
    } catch (JMException e) {
      LOG.warn("{} is not shown over JMX", name, e);
    }
  }

  private RegisteredBean(ObjectName name) {
    this.name = name;
  }

  /** One that has to be there: throws when it cannot be registered. */
  public static RegisteredBean required(ObjectName name, Object bean) throws JMException {
    var registered = new RegisteredBean(name);
    registered.register(bean);
    return registered;
  }

  private void register(Object bean) throws JMException {
    try {
      server.registerMBean(bean, name);
    } catch (InstanceAlreadyExistsException e) {
      server.unregisterMBean(name);
      server.registerMBean(bean, name);
    }
  }

  public ObjectName name() {
    return name;
  }

  @Override
  public void close() {
    try {
      if (server.isRegistered(name)) {
        server.unregisterMBean(name);
      }
    } catch (JMException e) {
      LOG.debug("{} was gone already", name, e);
    }
  }
}

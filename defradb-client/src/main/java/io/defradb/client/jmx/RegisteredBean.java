package io.defradb.client.jmx;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.NotificationEmitter;
import javax.management.ObjectName;
import javax.management.StandardEmitterMBean;
import javax.management.StandardMBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An MBean of the platform's server until it is closed. One of the same name, of a task before that
 * was not stopped in time, gives way; when that task ends at last, its bean is gone already and the
 * newer one stays.
 *
 * <p>Safe for use by many threads, and beside copies of this class that other class loaders hold:
 * the server itself is the lock.
 */
public final class RegisteredBean implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RegisteredBean.class);

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final ObjectName name;
  private volatile boolean isShown;

  private RegisteredBean(ObjectName name) {
    this.name = name;
  }

  /**
   * One that is only looked at: when it cannot be registered, the log says so.
   *
   * @param type its interface, of an MBean or an MXBean
   */
  public static <T> RegisteredBean show(ObjectName name, T bean, Class<T> type) {
    var registered = new RegisteredBean(name);
    registered.tryRegister(registered.new Plain(bean, type));
    return registered;
  }

  /** As {@link #show}, of one that sends notifications, too. */
  public static <T> RegisteredBean show(
      ObjectName name, T bean, Class<T> type, NotificationEmitter emitter) {
    var registered = new RegisteredBean(name);
    registered.tryRegister(registered.new Emitting(bean, type, emitter));
    return registered;
  }

  /** One that has to be there: throws when it cannot be registered. */
  public static <T> RegisteredBean require(ObjectName name, T bean, Class<T> type)
      throws JMException {
    var registered = new RegisteredBean(name);
    registered.register(registered.new Plain(bean, type));
    return registered;
  }

  private void tryRegister(StandardMBean bean) {
    try {
      register(bean);
    } catch (JMException e) {
      LOG.warn("{} is not shown over JMX", name, e);
    }
  }

  private void register(StandardMBean bean) throws JMException {
    synchronized (server) {
      if (server.isRegistered(name)) {
        server.unregisterMBean(name);
      }
      server.registerMBean(bean, name);
      isShown = true;
    }
  }

  public ObjectName name() {
    return name;
  }

  @Override
  public void close() {
    synchronized (server) {
      try {
        if (isShown) {
          server.unregisterMBean(name);
        }
      } catch (JMException e) {
        LOG.debug("{} was gone already", name, e);
      }
    }
  }

  /** The server tells the bean itself that it is gone, whoever asked for that. */
  private final class Plain extends StandardMBean {
    <T> Plain(T bean, Class<T> type) {
      super(bean, type, JMX.isMXBeanInterface(type));
    }

    @Override
    public void postDeregister() {
      isShown = false;
      super.postDeregister();
    }
  }

  private final class Emitting extends StandardEmitterMBean {
    <T> Emitting(T bean, Class<T> type, NotificationEmitter emitter) {
      super(bean, type, JMX.isMXBeanInterface(type), emitter);
    }

    @Override
    public void postDeregister() {
      isShown = false;
      super.postDeregister();
    }
  }
}

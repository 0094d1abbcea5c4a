package io.defradb.connect.source.notification;

import io.defradb.client.jmx.RegisteredBean;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import javax.management.MBeanNotificationInfo;
import javax.management.NotificationBroadcasterSupport;
import javax.management.ObjectName;

/** {@code io.defradb:type=management,context=notifications,server=<prefix>,task=<number>}. */
final class JmxNotifications implements NotificationsMXBean, AutoCloseable {
  private static final int KEPT_MAX = 100;

  private final Deque<NotificationView> kept = new ArrayDeque<>();
  private final NotificationBroadcasterSupport listeners;
  private final RegisteredBean bean;
  private long number;

  JmxNotifications(ObjectName name) {
    var info =
        new MBeanNotificationInfo(
            new String[] {Notification.class.getName()},
            javax.management.Notification.class.getName(),
            "what the source tells");
    this.listeners = new NotificationBroadcasterSupport(info);
    this.bean =
        RegisteredBean.<NotificationsMXBean>show(name, this, NotificationsMXBean.class, listeners);
  }

  void tell(Notification notification) {
    long own;
    synchronized (kept) {
      if (kept.size() == KEPT_MAX) {
        kept.remove();
      }
      kept.add(new View(notification));
      own = ++number;
    }
    var emitted =
        new javax.management.Notification(
            notification.aggregateType(),
            bean.name(),
            own,
            notification.timestamp(),
            notification.type());
    emitted.setUserData(notification.data().toString());
    listeners.sendNotification(emitted);
  }

  @Override
  public List<NotificationView> getNotifications() {
    synchronized (kept) {
      return List.copyOf(kept);
    }
  }

  @Override
  public void reset() {
    synchronized (kept) {
      kept.clear();
    }
  }

  @Override
  public void close() {
    bean.close();
  }

  private record View(Notification notification) implements NotificationView {
    @Override
    public String getId() {
      return notification.id();
    }

    @Override
    public String getAggregateType() {
      return notification.aggregateType();
    }

    @Override
    public String getType() {
      return notification.type();
    }

    @Override
    public Map<String, String> getAdditionalData() {
      return notification.data();
    }

    @Override
    public long getTimestamp() {
      return notification.timestamp();
    }
  }
}

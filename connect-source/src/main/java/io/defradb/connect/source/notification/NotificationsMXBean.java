package io.defradb.connect.source.notification;

import java.util.List;

/** The latest notifications, oldest first; each is emitted as a JMX notification as well. */
public interface NotificationsMXBean {
  List<NotificationView> getNotifications();

  void reset();
}

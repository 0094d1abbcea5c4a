package io.defradb.connect.source.notification;

import java.util.Map;

/** A notification as JMX shows it: plain getters, which an open type is made of. */
public interface NotificationView {
  String getId();

  String getAggregateType();

  String getType();

  Map<String, String> getAdditionalData();

  long getTimestamp();
}

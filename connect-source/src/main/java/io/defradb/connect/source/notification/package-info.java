/**
 * What a running source tells its operators, with the names and shapes of Debezium's notifications.
 * Its door is {@link io.defradb.connect.source.notification.Notifications}; it knows no node.
 */
@NullMarked
package io.defradb.connect.source.notification;

import org.jspecify.annotations.NullMarked;

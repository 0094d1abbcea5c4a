package io.defradb.connect.source.notification;

import java.util.Set;

/**
 * Where notifications go. Immutable.
 *
 * @param channels any of {@code sink}, {@code log}, {@code jmx}; empty: nowhere
 * @param topic of the channel {@code sink}
 */
public record NotificationSettings(Set<String> channels, String topic) {}

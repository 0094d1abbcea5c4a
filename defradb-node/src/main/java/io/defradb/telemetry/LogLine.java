package io.defradb.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;

/** The form of one log line, without its end. Called by one thread at a time. */
interface LogLine {
  String print(ILoggingEvent event, String loggerName);
}

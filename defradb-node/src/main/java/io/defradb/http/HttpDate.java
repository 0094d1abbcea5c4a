package io.defradb.http;

import io.netty.handler.codec.DateFormatter;
import java.util.Date;

/** The {@code Date} header, made anew once a second. For one event loop. */
final class HttpDate {
  private long second;
  private String text = "";

  String now() {
    long millis = System.currentTimeMillis();
    long current = millis / 1000;
    if (current != second) {
      second = current;
      text = DateFormatter.format(new Date(millis));
    }
    return text;
  }
}

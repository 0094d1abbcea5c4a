package io.defradb.quickstart.speed;

import java.time.Instant;

/** The wall clock in microseconds: one machine, so both ends of a way read the same one. */
final class Clocks {
  private Clocks() {}

  static long micros() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
  }
}

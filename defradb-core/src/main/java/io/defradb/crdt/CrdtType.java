package io.defradb.crdt;

import java.util.Optional;

/**
 * The merge rule of a field: its number in schema texts and its SDL name (data-model specification,
 * 4.1).
 */
public enum CrdtType {
  NONE(0, "none"),
  LWW(1, "lww"),
  OBJECT(2, "object"),
  COMPOSITE(3, "composite"),
  PN_COUNTER(4, "pncounter"),
  P_COUNTER(5, "pcounter");

  private final int number;
  private final String sdl;

  CrdtType(int number, String sdl) {
    this.number = number;
    this.sdl = sdl;
  }

  public int number() {
    return number;
  }

  public String sdl() {
    return sdl;
  }

  public boolean isCounter() {
    return this == PN_COUNTER || this == P_COUNTER;
  }

  public static Optional<CrdtType> byNumber(int number) {
    for (CrdtType type : values()) {
      if (type.number == number) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}

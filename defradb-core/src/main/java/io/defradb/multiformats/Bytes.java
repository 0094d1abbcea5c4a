package io.defradb.multiformats;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** An immutable byte array. Ordered as unsigned bytes, a prefix before what it is a prefix of. */
public final class Bytes implements Comparable<Bytes> {
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] array;

  private Bytes(byte[] array) {
    this.array = array;
  }

  /** Takes the array over without a copy: the caller must not change it afterwards. */
  public static Bytes wrap(byte[] array) {
    return new Bytes(array);
  }

  public static Bytes copyOf(byte[] array) {
    return new Bytes(array.clone());
  }

  public static Bytes utf8(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** {@code hex}: an even number of hexadecimal digits of any case. */
  public static Bytes hex(String hex) {
    return new Bytes(HexFormat.of().parseHex(hex));
  }

  public int length() {
    return array.length;
  }

  public boolean isEmpty() {
    return array.length == 0;
  }

  /** The byte at {@code index}, 0 to 255. */
  public int unsignedAt(int index) {
    return array[index] & 0xff;
  }

  public Bytes slice(int from, int to) {
    return new Bytes(Arrays.copyOfRange(array, from, to));
  }

  public byte[] toArray() {
    return array.clone();
  }

  /** The array itself, for the hot paths: it must never be changed. */
  public byte[] unsafeArray() {
    return array;
  }

  public String toUtf8() {
    return new String(array, StandardCharsets.UTF_8);
  }

  /** Lower-case hexadecimal digits. */
  public String toHex() {
    return HexFormat.of().formatHex(array);
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(array, other.array);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(array, bytes.array);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(array);
  }

  /** Hexadecimal digits, cut after 64 bytes: for messages, never to be parsed. */
  @Override
  public String toString() {
    return array.length <= 64 ? toHex() : slice(0, 64).toHex() + "…";
  }
}

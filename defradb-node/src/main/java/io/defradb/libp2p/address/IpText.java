package io.defradb.libp2p.address;

import io.defradb.multiformats.Bytes;
import java.util.ArrayList;
import java.util.List;

/** IP addresses as text: four decimal numbers, or RFC 5952. Nothing is ever looked up. */
final class IpText {
  private static final int GROUPS = 8;

  private IpText() {}

  static String v4(Bytes bytes) {
    return bytes.unsignedAt(0)
        + "."
        + bytes.unsignedAt(1)
        + "."
        + bytes.unsignedAt(2)
        + "."
        + bytes.unsignedAt(3);
  }

  static Bytes parseV4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      throw new Malformed("failed to parse ip4 addr");
    }
    byte[] bytes = new byte[4];
    for (int i = 0; i < 4; i++) {
      if (!parts[i].matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(parts[i]) > 255) {
        throw new Malformed("failed to parse ip4 addr");
      }
      bytes[i] = (byte) Integer.parseInt(parts[i]);
    }
    return Bytes.wrap(bytes);
  }

  /** The longest run of two zero groups or more, the first of equals, is written {@code ::}. */
  static String v6(Bytes bytes) {
    int runStart = -1;
    int runLength = 1;
    for (int i = 0; i < GROUPS; i++) {
      int length = 0;
      while (i + length < GROUPS && group(bytes, i + length) == 0) {
        length++;
      }
      if (length > runLength) {
        runStart = i;
        runLength = length;
      }
    }
    var text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == runStart) {
        text.append("::");
        i += runLength - 1;
        continue;
      }
      boolean followsGroup = !text.isEmpty() && text.charAt(text.length() - 1) != ':';
      text.append(followsGroup ? ":" : "").append(Integer.toHexString(group(bytes, i)));
    }
    return text.toString();
  }

  private static int group(Bytes bytes, int index) {
    return bytes.unsignedAt(2 * index) << 8 | bytes.unsignedAt(2 * index + 1);
  }

  static Bytes parseV6(String text) {
    int gap = text.indexOf("::");
    List<Integer> left = groups(gap < 0 ? text : text.substring(0, gap));
    List<Integer> right = gap < 0 ? List.of() : groups(text.substring(gap + 2));
    int count = left.size() + right.size();
    if (gap < 0 ? count != GROUPS : count >= GROUPS) {
      throw new Malformed("failed to parse ip6 addr");
    }
    byte[] bytes = new byte[2 * GROUPS];
    put(left, bytes, 0);
    put(right, bytes, GROUPS - right.size());
    return Bytes.wrap(bytes);
  }

  private static void put(List<Integer> groups, byte[] bytes, int from) {
    for (int i = 0; i < groups.size(); i++) {
      bytes[2 * (from + i)] = (byte) (groups.get(i) >> 8);
      bytes[2 * (from + i) + 1] = (byte) (int) groups.get(i);
    }
  }

  private static List<Integer> groups(String text) {
    List<Integer> groups = new ArrayList<>();
    if (text.isEmpty()) {
      return groups;
    }
    String[] parts = text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      if (i == parts.length - 1 && parts[i].indexOf('.') > 0) { // ::ffff:1.2.3.4
        Bytes v4 = parseV4(parts[i]);
        groups.add(v4.unsignedAt(0) << 8 | v4.unsignedAt(1));
        groups.add(v4.unsignedAt(2) << 8 | v4.unsignedAt(3));
      } else if (parts[i].matches("[0-9a-fA-F]{1,4}")) {
        groups.add(Integer.parseInt(parts[i], 16));
      } else {
        throw new Malformed("failed to parse ip6 addr");
      }
    }
    return groups;
  }
}

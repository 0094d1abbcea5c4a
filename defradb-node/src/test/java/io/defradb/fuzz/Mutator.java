package io.defradb.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes inputs from others: pieces left out, doubled, moved, joined, replaced, flipped. */
final class Mutator {
  private static final int BYTES_MAX = 4096;
  private static final int NEST_MAX = 400;
  private static final byte[] NUMBERS = {0, 1, 0x17, 0x18, 0x7f, (byte) 0x80, (byte) 0xff};

  private final Random random;
  private final List<String> words;

  Mutator(Random random, List<String> words) {
    this.random = random;
    this.words = words;
  }

  byte[] mutate(byte[] input, byte[] other) {
    byte[] changed = input;
    for (int times = 1 + random.nextInt(4); times > 0; times--) {
      changed = once(changed, other);
    }
    return changed.length > BYTES_MAX ? Arrays.copyOf(changed, BYTES_MAX) : changed;
  }

  private byte[] once(byte[] input, byte[] other) {
    int from = at(input);
    int to = from + random.nextInt(Math.min(24, input.length - from) + 1);
    return switch (random.nextInt(9)) {
      case 0 -> join(input, 0, from, new byte[0], input, to);
      case 1 -> join(input, 0, to, Arrays.copyOfRange(input, from, to), input, to);
      case 2 -> join(input, 0, from, word(), input, to);
      case 3 -> join(input, 0, from, word(), input, from);
      case 4 -> join(input, 0, from, new byte[0], other, at(other));
      case 5 -> {
        int start = at(other);
        int end = start + random.nextInt(other.length - start + 1);
        yield join(input, 0, from, Arrays.copyOfRange(other, start, end), input, to);
      }
      case 6 -> flipped(input, from);
      case 7 ->
          join(input, 0, from, new byte[] {NUMBERS[random.nextInt(NUMBERS.length)]}, input, to);
      default -> join(input, 0, from, nested(input, from, to), input, to);
    };
  }

  private int at(byte[] bytes) {
    return random.nextInt(bytes.length + 1);
  }

  private byte[] word() {
    return words.get(random.nextInt(words.size())).getBytes(StandardCharsets.UTF_8);
  }

  private byte[] flipped(byte[] input, int at) {
    byte[] changed = input.clone();
    if (at < changed.length) {
      changed[at] ^= (byte) (1 << random.nextInt(8));
    }
    return changed;
  }

  /** A short piece many times; rarely, since it makes everything after it long. */
  private byte[] nested(byte[] input, int from, int to) {
    var many = new ByteArrayOutputStream();
    int times = random.nextInt(20) == 0 ? random.nextInt(NEST_MAX) : 2;
    for (int i = 0; i < times; i++) {
      many.write(input, from, Math.min(8, to - from));
    }
    return many.toByteArray();
  }

  private static byte[] join(
      byte[] head, int headFrom, int headTo, byte[] middle, byte[] tail, int tailFrom) {
    var joined = new ByteArrayOutputStream();
    joined.write(head, headFrom, headTo - headFrom);
    joined.write(middle, 0, middle.length);
    joined.write(tail, tailFrom, tail.length - tailFrom);
    return joined.toByteArray();
  }
}

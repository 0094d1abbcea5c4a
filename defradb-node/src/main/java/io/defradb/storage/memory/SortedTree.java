package io.defradb.storage.memory;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map from key to value in unsigned byte order; {@code null} is the empty map.
 *
 * <p>An AVL tree built by joining (Blelloch, Ferizovic, Sun: "Just Join for Parallel Ordered
 * Sets"): every change copies the path from the root, so that a root is a snapshot. All operations
 * but {@link #bytesOf} take logarithmic time, removing a range included.
 */
final class SortedTree {
  final @Nullable SortedTree left;
  final byte[] key;
  final byte[] value;
  final @Nullable SortedTree right;
  private final int height;
  private final long bytes;

  private SortedTree(
      @Nullable SortedTree left, byte[] key, byte[] value, @Nullable SortedTree right) {
    this.left = left;
    this.key = key;
    this.value = value;
    this.right = right;
    this.height = 1 + Math.max(heightOf(left), heightOf(right));
    this.bytes = bytesOf(left) + bytesOf(right) + key.length + value.length;
  }

  private record Split(@Nullable SortedTree below, @Nullable SortedTree above) {}

  /** Bytes of all keys and values. */
  static long bytesOf(@Nullable SortedTree tree) {
    return tree == null ? 0 : tree.bytes;
  }

  static byte @Nullable [] get(@Nullable SortedTree tree, byte[] key) {
    SortedTree at = tree;
    while (at != null) {
      int order = Arrays.compareUnsigned(key, at.key);
      if (order == 0) {
        return at.value;
      }
      at = order < 0 ? at.left : at.right;
    }
    return null;
  }

  static SortedTree put(@Nullable SortedTree tree, byte[] key, byte[] value) {
    if (tree == null) {
      return new SortedTree(null, key, value, null);
    }
    int order = Arrays.compareUnsigned(key, tree.key);
    if (order == 0) {
      return new SortedTree(tree.left, key, value, tree.right);
    }
    return order < 0
        ? join(put(tree.left, key, value), tree, tree.right)
        : join(tree.left, tree, put(tree.right, key, value));
  }

  static @Nullable SortedTree remove(@Nullable SortedTree tree, byte[] key) {
    if (tree == null) {
      return null;
    }
    int order = Arrays.compareUnsigned(key, tree.key);
    if (order == 0) {
      return concat(tree.left, tree.right);
    }
    return order < 0
        ? join(remove(tree.left, key), tree, tree.right)
        : join(tree.left, tree, remove(tree.right, key));
  }

  /** Removes keys from {@code from} (inclusive) to {@code to} (exclusive). */
  static @Nullable SortedTree removeRange(@Nullable SortedTree tree, byte[] from, byte[] to) {
    if (Arrays.compareUnsigned(from, to) >= 0) {
      return tree;
    }
    return concat(split(tree, from).below, split(tree, to).above);
  }

  /** Keys before {@code key}, and the others. */
  private static Split split(@Nullable SortedTree tree, byte[] key) {
    if (tree == null) {
      return new Split(null, null);
    }
    if (Arrays.compareUnsigned(tree.key, key) < 0) {
      Split split = split(tree.right, key);
      return new Split(join(tree.left, tree, split.below), split.above);
    }
    Split split = split(tree.left, key);
    return new Split(split.below, join(split.above, tree, tree.right));
  }

  private static @Nullable SortedTree concat(
      @Nullable SortedTree left, @Nullable SortedTree right) {
    if (left == null) {
      return right;
    }
    SortedTree last = left;
    while (last.right != null) {
      last = last.right;
    }
    return join(remove(left, last.key), last, right);
  }

  /** All of {@code left}, then the entry of {@code middle}, then all of {@code right}. */
  private static SortedTree join(
      @Nullable SortedTree left, SortedTree middle, @Nullable SortedTree right) {
    int lean = heightOf(left) - heightOf(right);
    if (lean > 1 && left != null) {
      return balance(left.left, left, join(left.right, middle, right));
    }
    if (lean < -1 && right != null) {
      return balance(join(left, middle, right.left), right, right.right);
    }
    return new SortedTree(left, middle.key, middle.value, right);
  }

  /** As {@link #join} where the heights differ by two at most: rotates. */
  private static SortedTree balance(
      @Nullable SortedTree left, SortedTree middle, @Nullable SortedTree right) {
    int lean = heightOf(left) - heightOf(right);
    if (lean > 1 && left != null) {
      SortedTree inner = left.right;
      if (inner != null && heightOf(inner) > heightOf(left.left)) {
        return node(node(left.left, left, inner.left), inner, node(inner.right, middle, right));
      }
      return node(left.left, left, node(left.right, middle, right));
    }
    if (lean < -1 && right != null) {
      SortedTree inner = right.left;
      if (inner != null && heightOf(inner) > heightOf(right.right)) {
        return node(node(left, middle, inner.left), inner, node(inner.right, right, right.right));
      }
      return node(node(left, middle, right.left), right, right.right);
    }
    return node(left, middle, right);
  }

  private static SortedTree node(
      @Nullable SortedTree left, SortedTree entry, @Nullable SortedTree right) {
    return new SortedTree(left, entry.key, entry.value, right);
  }

  static int heightOf(@Nullable SortedTree tree) {
    return tree == null ? 0 : tree.height;
  }
}

package io.defradb.lens;

/**
 * What a module may use.
 *
 * @param moduleBytesMax of its binary
 * @param memoryPagesMax of 64 KiB, an instance
 * @param tableEntriesMax of each of its tables
 * @param itemBytesMax of one item's JSON, in or out
 * @param callMillisMax between one item and the next
 * @param modulesMax compiled modules kept
 */
public record LensLimits(
    int moduleBytesMax,
    int memoryPagesMax,
    int tableEntriesMax,
    int itemBytesMax,
    long callMillisMax,
    int modulesMax) {
  public static final LensLimits DEFAULT =
      new LensLimits(8 << 20, 1024, 100_000, 16 << 20, 5_000, 32);
}

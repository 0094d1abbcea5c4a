package io.defradb.benchmarks.compare;

/** What a run counted. */
final class Tally {
  long asked;
  long refused;
  long broken;
  long varying;
  long differing;

  @Override
  public String toString() {
    return asked
        + " questions, "
        + refused
        + " refused alike, "
        + broken
        + " that broke the yardstick, "
        + varying
        + " it answers differently from time to time, "
        + differing
        + " differences";
  }
}

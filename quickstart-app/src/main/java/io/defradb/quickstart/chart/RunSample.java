package io.defradb.quickstart.chart;

/**
 * Where everything stood at one moment.
 *
 * @param seconds since the meter began
 * @param in records of the topic that the sink reads
 * @param out how far the source's topic goes: offsets, marks of transactions among them
 * @param lake how far the lake's files go in it
 * @param lagMedian milliseconds from a change in the hub to its event in a reader's hand, of those
 *     read since the last sample; -1: none was
 * @param lagMax the longest of these
 */
public record RunSample(
    double seconds, long in, long out, long lake, double lagMedian, double lagMax) {}

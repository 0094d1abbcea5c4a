package io.defradb.client;

import java.util.List;

/**
 * Entries of the feed in order, whole transactions, and how far this reader has now read.
 *
 * @param newestSeq where the log ended when it was read
 * @param bytes of the node's answer
 */
public record ChangePage<I>(
    String feedId, List<Change<I>> entries, long lastSeq, long newestSeq, long bytes) {}

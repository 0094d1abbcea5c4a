package io.defradb.db.feed;

import java.time.Instant;

/**
 * What the feed has: entries from {@code oldestSeq} to {@code newestSeq}, images from theirs on.
 */
public record FeedInfo(
    String feedId, long oldestSeq, long newestSeq, long oldestImageSeq, Instant time) {}

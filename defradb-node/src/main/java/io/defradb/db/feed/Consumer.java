package io.defradb.db.feed;

import java.time.Instant;

/** A registered reader: images from {@code seq} on are kept for it until it expires. */
public record Consumer(String name, long seq, Instant expires) {}

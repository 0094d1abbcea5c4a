package io.defradb.event;

/** The log now reaches {@code lastSeq}; everything up to it is stored and readable. */
public record LogAdvanced(long lastSeq) {}

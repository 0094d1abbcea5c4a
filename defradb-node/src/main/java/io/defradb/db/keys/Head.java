package io.defradb.db.keys;

import io.defradb.multiformats.Cid;

/** A head of a chain: the newest block that no other block of the chain names. */
public record Head(Cid cid, long height) {}

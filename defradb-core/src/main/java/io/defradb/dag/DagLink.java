package io.defradb.dag;

import io.defradb.multiformats.Cid;

/** A named link: {@code name} is the field's name in a composite, empty in a collection block. */
public record DagLink(String name, Cid cid) {}

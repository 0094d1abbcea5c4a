/** From entries of the feed to Connect records: schemas, envelopes, values. Pure. */
@NullMarked
package io.defradb.connect.source.record;

import org.jspecify.annotations.NullMarked;

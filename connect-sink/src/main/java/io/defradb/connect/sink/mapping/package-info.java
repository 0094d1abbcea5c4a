/**
 * From Connect records to operations on documents: keys, values, envelopes. Pure: no network, no
 * clock.
 */
@NullMarked
package io.defradb.connect.sink.mapping;

import org.jspecify.annotations.NullMarked;

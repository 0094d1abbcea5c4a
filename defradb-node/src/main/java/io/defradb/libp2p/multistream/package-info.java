/**
 * multistream-select 1.0.0: two sides agree on a protocol by its name. {@link
 * io.defradb.libp2p.multistream.Negotiation} is fed bytes; it knows no pipes and no streams.
 */
@NullMarked
package io.defradb.libp2p.multistream;

import org.jspecify.annotations.NullMarked;

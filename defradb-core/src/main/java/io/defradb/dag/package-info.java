/**
 * The Merkle clock: blocks, links, heads, signatures, encryption blocks. Pure; where blocks live is
 * behind a port.
 */
@NullMarked
package io.defradb.dag;

import org.jspecify.annotations.NullMarked;

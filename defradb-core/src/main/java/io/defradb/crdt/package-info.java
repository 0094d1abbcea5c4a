/** Changes to CRDTs as they stand in blocks, and how each type merges. Pure. */
@NullMarked
package io.defradb.crdt;

import org.jspecify.annotations.NullMarked;

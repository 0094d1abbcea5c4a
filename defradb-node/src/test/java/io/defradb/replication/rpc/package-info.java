/** Calls between peers, over memory and against recorded frames. */
@NullMarked
package io.defradb.replication.rpc;

import org.jspecify.annotations.NullMarked;

/** Hosts in one process, for tests of the stack and of protocols on it. */
@NullMarked
package io.defradb.libp2p.testing;

import org.jspecify.annotations.NullMarked;

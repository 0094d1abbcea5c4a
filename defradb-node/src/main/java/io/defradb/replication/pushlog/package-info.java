/**
 * A commit told to a peer, and one told by a peer (network specification, sections 8.2 to 8.5).
 * {@link LogReceiver} is the door for what comes in, by call or by gossip: it fetches what is below
 * and merges; {@link LogSender} tells. It must not know who decides what is told to whom.
 */
@NullMarked
package io.defradb.replication.pushlog;

import org.jspecify.annotations.NullMarked;

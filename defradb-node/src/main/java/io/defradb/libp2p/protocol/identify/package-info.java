/**
 * identify and identify push: who a peer is, where it listens and what it speaks, told right after
 * a connection is made and when it changes (libp2p identify specification; network specification,
 * 4.1). The door is {@link io.defradb.libp2p.protocol.identify.Identify}.
 */
@NullMarked
package io.defradb.libp2p.protocol.identify;

import org.jspecify.annotations.NullMarked;

/** Peers, replicators and subscriptions, as a node without a network answers them. */
@NullMarked
package io.defradb.http.endpoint.p2p;

import org.jspecify.annotations.NullMarked;

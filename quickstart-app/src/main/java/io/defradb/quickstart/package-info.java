/**
 * The README's first command: starts a node, a Kafka broker and a Connect worker as processes of
 * their own, moves a real data set through both connectors, and on request checks that nothing was
 * lost or invented. It speaks to all three over the network, as a user would.
 */
@NullMarked
package io.defradb.quickstart;

import org.jspecify.annotations.NullMarked;

/**
 * Node, broker and a distributed Connect worker as real processes, and both connectors between
 * them: what is counted here is what a user would count. One house of servers for the whole module,
 * because a worker takes long to start.
 */
@NullMarked
package io.defradb.system.bridge;

import org.jspecify.annotations.NullMarked;

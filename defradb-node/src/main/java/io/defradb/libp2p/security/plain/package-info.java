/**
 * No security: both sides say who they are, and are believed. For hosts of one process in tests and
 * simulations; never wired into a node.
 */
@NullMarked
package io.defradb.libp2p.security.plain;

import org.jspecify.annotations.NullMarked;

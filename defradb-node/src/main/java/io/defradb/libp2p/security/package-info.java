/**
 * Who is at the other end of a pipe, proven, and nobody else reads along: the port {@link
 * io.defradb.libp2p.security.Security}; each protocol has a folder.
 */
@NullMarked
package io.defradb.libp2p.security;

import org.jspecify.annotations.NullMarked;

/**
 * What carries bytes between two hosts: an ordered {@link io.defradb.libp2p.transport.Pipe}, the
 * {@link io.defradb.libp2p.transport.EventLoop} it lives on, and the {@link
 * io.defradb.libp2p.transport.Transport} that dials and listens. Each transport has a folder.
 */
@NullMarked
package io.defradb.libp2p.transport;

import org.jspecify.annotations.NullMarked;

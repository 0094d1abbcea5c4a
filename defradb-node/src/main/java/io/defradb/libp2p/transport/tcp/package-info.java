/**
 * TCP, on Netty: the one place of the stack that knows it. The door is {@link
 * io.defradb.libp2p.transport.tcp.TcpTransport}.
 */
@NullMarked
package io.defradb.libp2p.transport.tcp;

import org.jspecify.annotations.NullMarked;

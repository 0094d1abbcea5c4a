/**
 * Unary calls between peers: gRPC over HTTP/2 on one libp2p stream for each direction (network
 * specification, section 8.1). {@link RpcClient} calls, {@link RpcServer} answers; both carry bytes
 * and must not know what they mean. Everything of a stream happens on its event loop.
 */
@NullMarked
package io.defradb.replication.rpc;

import org.jspecify.annotations.NullMarked;

/**
 * Protocol buffers as libp2p uses them: messages are few and small, so each is a record that reads
 * and writes itself with {@link io.defradb.libp2p.protobuf.ProtobufReader} and {@link
 * io.defradb.libp2p.protobuf.ProtobufWriter}, which keeps ids as bytes and signatures exact. Pure.
 */
@NullMarked
package io.defradb.libp2p.protobuf;

import org.jspecify.annotations.NullMarked;

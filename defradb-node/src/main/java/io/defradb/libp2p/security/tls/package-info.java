/**
 * TLS 1.3 as libp2p uses it (libp2p TLS specification; network specification, 3.3), on the JDK's
 * engine. The door is {@link io.defradb.libp2p.security.tls.TlsSecurity}.
 */
@NullMarked
package io.defradb.libp2p.security.tls;

import org.jspecify.annotations.NullMarked;

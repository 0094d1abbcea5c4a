/**
 * Noise XX as libp2p uses it (noise-libp2p specification). The door is {@link
 * io.defradb.libp2p.security.noise.NoiseSecurity}.
 */
@NullMarked
package io.defradb.libp2p.security.noise;

import org.jspecify.annotations.NullMarked;

/**
 * Many streams over one pipe: the port {@link io.defradb.libp2p.muxer.Muxer} that hosts use; each
 * muxer has a folder. Everything here runs on the pipe's loop.
 */
@NullMarked
package io.defradb.libp2p.muxer;

import org.jspecify.annotations.NullMarked;

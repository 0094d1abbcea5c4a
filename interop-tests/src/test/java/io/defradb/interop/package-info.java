/**
 * Other projects' transforms and sinks, for real and unconfigured where they can be, fed with the
 * topics that the source connector writes from a running node.
 */
@NullMarked
package io.defradb.interop;

import org.jspecify.annotations.NullMarked;

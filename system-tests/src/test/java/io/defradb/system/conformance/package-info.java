/** The recorded exchanges of the reference's own tests, sent to the packaged node. */
@NullMarked
package io.defradb.system.conformance;

import org.jspecify.annotations.NullMarked;

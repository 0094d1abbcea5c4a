/** Tests of whole nodes inside this JVM. */
@NullMarked
package io.defradb.node;

import org.jspecify.annotations.NullMarked;

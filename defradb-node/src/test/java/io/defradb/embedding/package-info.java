/** Tests of vectors made by providers. */
@NullMarked
package io.defradb.embedding;

import org.jspecify.annotations.NullMarked;

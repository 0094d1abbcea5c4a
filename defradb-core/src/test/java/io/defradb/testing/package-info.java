/** What tests of every module share: golden vectors. */
@NullMarked
package io.defradb.testing;

import org.jspecify.annotations.NullMarked;

/** Tests of lenses, and the modules that tests of other rooms use. */
@NullMarked
package io.defradb.lens;

import org.jspecify.annotations.NullMarked;

/**
 * Inputs nobody would write, against every place where bytes of others come in: {@link
 * io.defradb.fuzz.FuzzTest} for some seconds in every build, {@link io.defradb.fuzz.LongFuzz} with
 * Jazzer for as long as one likes. A target is a {@link io.defradb.fuzz.FuzzTarget}; what was found
 * once becomes a test beside the code that is mended.
 */
@NullMarked
package io.defradb.fuzz;

import org.jspecify.annotations.NullMarked;

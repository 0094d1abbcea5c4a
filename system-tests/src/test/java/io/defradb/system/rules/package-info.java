/**
 * The rules of the architecture: who may know whom, and what stays in its room. A broken one fails
 * the build.
 */
@NullMarked
package io.defradb.system.rules;

import org.jspecify.annotations.NullMarked;

/** What the guides tell a newcomer to type, typed. */
@NullMarked
package io.defradb.system.guide;

import org.jspecify.annotations.NullMarked;

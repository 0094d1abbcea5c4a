/** The console as somebody with a browser sees it; skipped where there is none. */
@NullMarked
package io.defradb.system.console;

import org.jspecify.annotations.NullMarked;

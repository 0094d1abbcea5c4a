/** The in-process bus: it only says that the log advanced; the data come from the log. */
@NullMarked
package io.defradb.event;

import org.jspecify.annotations.NullMarked;

/** Where a lane of the source has read to, as Connect stores it. Old shapes stay readable. Pure. */
@NullMarked
package io.defradb.connect.source.offset;

import org.jspecify.annotations.NullMarked;

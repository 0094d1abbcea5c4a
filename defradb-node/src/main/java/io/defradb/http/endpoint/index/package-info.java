/** Secondary indexes over HTTP. */
@NullMarked
package io.defradb.http.endpoint.index;

import org.jspecify.annotations.NullMarked;

/** Schema migrations and views, as a node without a lens runtime answers. */
@NullMarked
package io.defradb.http.endpoint.lens;

import org.jspecify.annotations.NullMarked;

/** Schema migrations over HTTP: set, tried out, loaded anew. */
@NullMarked
package io.defradb.http.endpoint.lens;

import org.jspecify.annotations.NullMarked;

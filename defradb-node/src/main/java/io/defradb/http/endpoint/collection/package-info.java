/** Collections as descriptions over HTTP; their documents are another room. */
@NullMarked
package io.defradb.http.endpoint.collection;

import org.jspecify.annotations.NullMarked;

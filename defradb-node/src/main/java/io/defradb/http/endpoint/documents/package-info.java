/** Documents of one collection by REST. */
@NullMarked
package io.defradb.http.endpoint.documents;

import org.jspecify.annotations.NullMarked;

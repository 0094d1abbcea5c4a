/** The node itself: health, identity, purge, dump, metrics, the description of the API. */
@NullMarked
package io.defradb.http.endpoint.node;

import org.jspecify.annotations.NullMarked;

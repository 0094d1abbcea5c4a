/** Tests of the endpoints of peers. */
@NullMarked
package io.defradb.http.endpoint.p2p;

import org.jspecify.annotations.NullMarked;

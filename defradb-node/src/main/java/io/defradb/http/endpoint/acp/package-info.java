/** Access control, as a node without it answers. */
@NullMarked
package io.defradb.http.endpoint.acp;

import org.jspecify.annotations.NullMarked;

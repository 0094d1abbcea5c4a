/** Schemas over HTTP: add, patch, describe, choose the version that is active. */
@NullMarked
package io.defradb.http.endpoint.schema;

import org.jspecify.annotations.NullMarked;

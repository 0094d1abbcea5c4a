/** Views over HTTP: add, and run the queries of materialized ones again. */
@NullMarked
package io.defradb.http.endpoint.view;

import org.jspecify.annotations.NullMarked;

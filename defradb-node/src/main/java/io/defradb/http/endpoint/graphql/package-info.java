/** GraphQL over HTTP, and its wrapping for CCIP gateways. */
@NullMarked
package io.defradb.http.endpoint.graphql;

import org.jspecify.annotations.NullMarked;

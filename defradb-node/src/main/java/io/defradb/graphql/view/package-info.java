/**
 * The queries of views: GraphQL text becomes the JSON that descriptions hold, and that JSON becomes
 * a request again. The door is {@code StoredViewQueries}. It runs nothing and knows no rows.
 */
@NullMarked
package io.defradb.graphql.view;

import org.jspecify.annotations.NullMarked;

/**
 * GraphQL at the door: {@link io.defradb.graphql.GraphqlDoor} takes the text of a request and its
 * variables and gives a {@link io.defradb.request.Request}, the answer to an introspection, or what
 * is wrong, in the reference's words. Plans and runs nothing; opens no transaction.
 */
@NullMarked
package io.defradb.graphql;

import org.jspecify.annotations.NullMarked;

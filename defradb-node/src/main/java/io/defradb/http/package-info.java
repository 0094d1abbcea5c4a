/**
 * The HTTP door: a Netty server, routing, authentication, transactions by header, streaming.
 *
 * <p>An {@link io.defradb.http.Endpoint} is one operation of the API; it holds its path, parameters
 * and OpenAPI text ({@link io.defradb.http.Operation}) and turns an {@link
 * io.defradb.http.HttpCall} into an {@link io.defradb.http.Answer} on a bounded worker. Event loops
 * only carry bytes. The endpoints themselves live in {@code http.endpoint.<noun>}; this package
 * does not know them, nor storage, blocks or libp2p. No Netty type stands in a public signature.
 */
@NullMarked
package io.defradb.http;

import org.jspecify.annotations.NullMarked;

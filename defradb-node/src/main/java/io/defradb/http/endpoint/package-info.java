/**
 * The operations of the API, a package a noun, a class an operation; each noun's {@code
 * <Noun>Endpoints} lists its own. They translate between HTTP and the rooms below and decide
 * nothing themselves.
 */
@NullMarked
package io.defradb.http.endpoint;

import org.jspecify.annotations.NullMarked;

/**
 * CBOR as this product writes and reads it: canonical, definite, without reflection. Value CBOR
 * (documents) and block CBOR (DAG-CBOR) share it; which keys and kinds are right is their users'
 * business. Pure; knows only multiformats and errors.
 */
@NullMarked
package io.defradb.ipld;

import org.jspecify.annotations.NullMarked;

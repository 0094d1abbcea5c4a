/**
 * What a document is: field kinds, values, their CBOR and JSON forms, and the DocID made from them.
 * Pure.
 */
@NullMarked
package io.defradb.document;

import org.jspecify.annotations.NullMarked;

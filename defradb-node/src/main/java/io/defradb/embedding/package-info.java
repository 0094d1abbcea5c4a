/**
 * Vectors for fields, asked from a configured provider over HTTP. Its door is {@link
 * io.defradb.embedding.Embedder}. A provider is a stranger: how long it may take and how much it
 * may answer are bounded. It knows no documents.
 */
@NullMarked
package io.defradb.embedding;

import org.jspecify.annotations.NullMarked;

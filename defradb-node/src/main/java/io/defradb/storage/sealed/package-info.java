/**
 * Encryption at rest: a store over a store that seals every value. Its door is {@link
 * io.defradb.storage.sealed.SealedStore}; the format is in {@code
 * docs/formats/encryption-at-rest.md}.
 */
@NullMarked
package io.defradb.storage.sealed;

import org.jspecify.annotations.NullMarked;

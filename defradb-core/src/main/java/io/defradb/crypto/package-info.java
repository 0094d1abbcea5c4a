/**
 * The cryptographic calls this product makes, and nothing more: keys that sign and verify ({@link
 * io.defradb.crypto.PrivateKey}, {@link io.defradb.crypto.PublicKey}), AES-GCM, ChaCha20-Poly1305,
 * X25519 and HKDF. Knows no documents, no tokens and no files, but for the native library of
 * secp256k1, which it unpacks where it is told to.
 */
@NullMarked
package io.defradb.crypto;

import org.jspecify.annotations.NullMarked;

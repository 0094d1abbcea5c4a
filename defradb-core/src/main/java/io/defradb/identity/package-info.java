/**
 * Who somebody is: identities and their DIDs, bearer tokens, and the keyring in which a node keeps
 * its secrets. Its door: {@link io.defradb.identity.Identity}, {@link
 * io.defradb.identity.PublicIdentity}, {@link io.defradb.identity.BearerTokens}, {@link
 * io.defradb.identity.Keyring}. Only {@link io.defradb.identity.FileKeyring} touches files; nobody
 * here reads a clock.
 */
@NullMarked
package io.defradb.identity;

import org.jspecify.annotations.NullMarked;

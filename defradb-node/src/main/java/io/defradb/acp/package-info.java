/**
 * Access control: who may read, update and delete which document ({@link
 * io.defradb.acp.DocumentAccess}), and who may administer the node ({@link
 * io.defradb.acp.NodeAccess}). Every read path asks here. All that it knows is stored in the
 * transaction that changes it, behind {@link io.defradb.acp.AccessStore}; the layout is in {@code
 * docs/formats/access.md}. Must not know who asks over what: HTTP, peers and the database ask
 * alike.
 */
@NullMarked
package io.defradb.acp;

import org.jspecify.annotations.NullMarked;

/**
 * Transforms of the source's records, for any connector's {@code transforms}: {@link
 * io.defradb.connect.source.transform.ExtractNewDocumentState} and {@link
 * io.defradb.connect.source.transform.VerifyCommit}. They know records alone, and no node.
 */
@NullMarked
package io.defradb.connect.source.transform;

import org.jspecify.annotations.NullMarked;

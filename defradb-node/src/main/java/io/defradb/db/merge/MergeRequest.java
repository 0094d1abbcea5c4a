package io.defradb.db.merge;

import io.defradb.document.DocId;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A received commit that is to be applied.
 *
 * @param collectionId the collection's ID, or that of one of its versions
 * @param docId {@code null} for a commit of the collection's own chain
 * @param cid of the commit
 * @param peerId who has it with all that is below, for the log: nobody tells it there again
 * @param fetched blocks that came with it; their bytes are known to be those of their CIDs
 */
public record MergeRequest(
    String collectionId, @Nullable DocId docId, Cid cid, String peerId, Map<Cid, Bytes> fetched) {}

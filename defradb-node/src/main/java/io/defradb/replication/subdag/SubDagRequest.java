package io.defradb.replication.subdag;

import io.defradb.db.log.ByteSink;
import io.defradb.db.log.ByteSource;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.util.ArrayList;
import java.util.List;

/**
 * What is asked for.
 *
 * <pre>
 * 01 | count varint, roots | count varint, known commits; a CID is 36 bytes
 * </pre>
 *
 * @param roots blocks that are wanted, with what is below them
 * @param known commits that the asker has with all that is below them
 */
public record SubDagRequest(List<Cid> roots, List<Cid> known) {
  static final int BYTES_MAX = 64 << 10;
  private static final int VERSION = 1;
  private static final int CIDS_MAX = 512;

  /** Takes the first of each; a commit left out costs blocks that are sent twice. */
  public SubDagRequest {
    roots = List.copyOf(roots.subList(0, Math.min(roots.size(), CIDS_MAX)));
    known = List.copyOf(known.subList(0, Math.min(known.size(), CIDS_MAX)));
  }

  Bytes encode() {
    var out = new ByteSink().octet(VERSION);
    for (List<Cid> cids : List.of(roots, known)) {
      out.varint(cids.size());
      cids.forEach(out::cid);
    }
    return Bytes.wrap(out.toBytes());
  }

  /** Throws PEER_FAULT. */
  static SubDagRequest decode(Bytes message) {
    try {
      var in = new ByteSource(message.unsafeArray());
      if (in.octet() != VERSION) {
        throw fault();
      }
      return new SubDagRequest(cids(in), cids(in));
    } catch (RuntimeException malformed) {
      throw fault();
    }
  }

  private static List<Cid> cids(ByteSource in) {
    List<Cid> cids = new ArrayList<>();
    for (int i = in.count(); i > 0; i--) {
      cids.add(in.cid());
    }
    return cids;
  }

  private static DefraException fault() {
    return new DefraException(ErrorCode.PEER_FAULT, "malformed request for blocks");
  }
}

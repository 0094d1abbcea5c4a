package io.defradb.db.apply;

import io.defradb.db.keys.Head;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Heads of a collection's own chain as stored: (digest 32, height u64be)*. */
public final class HeadList {
  private static final int BYTES = Cid.DIGEST_BYTES + Long.BYTES;

  private HeadList() {}

  public static byte[] encode(List<Head> heads) {
    ByteBuffer out = ByteBuffer.allocate(BYTES * heads.size());
    heads.forEach(head -> out.put(head.cid().digest().unsafeArray()).putLong(head.height()));
    return out.array();
  }

  public static List<Head> decode(byte @Nullable [] stored) {
    List<Head> heads = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(stored == null ? new byte[0] : stored);
    while (in.remaining() >= BYTES) {
      byte[] digest = new byte[Cid.DIGEST_BYTES];
      in.get(digest);
      heads.add(new Head(new Cid(Cid.DAG_CBOR, Bytes.wrap(digest)), in.getLong()));
    }
    return heads;
  }
}

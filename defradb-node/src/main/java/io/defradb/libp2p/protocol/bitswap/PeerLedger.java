package io.defradb.libp2p.protocol.bitswap;

import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Cid;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one peer wants of this host, and which of it is to be looked up. */
final class PeerLedger {
  private final PeerId peer;
  private final int wantsMax;
  private final Map<Cid, Want> wants = new LinkedHashMap<>();
  private final Set<Cid> due = new LinkedHashSet<>();
  private boolean isReading;

  PeerLedger(PeerId peer, int wantsMax) {
    this.peer = peer;
    this.wantsMax = wantsMax;
  }

  PeerId peer() {
    return peer;
  }

  /** Whether it was taken, to be looked up; false when the peer wants too much. */
  boolean add(Want want) {
    if (wants.size() >= wantsMax && !wants.containsKey(want.cid())) {
      return false;
    }
    wants.put(want.cid(), want);
    due.add(want.cid());
    return true;
  }

  void remove(Cid cid) {
    wants.remove(cid);
    due.remove(cid);
  }

  @Nullable Want want(Cid cid) {
    return wants.get(cid);
  }

  /** Live. */
  Set<Cid> wanted() {
    return wants.keySet();
  }

  /** The block came: looked up again. */
  void setDue(Cid cid) {
    if (wants.containsKey(cid)) {
      due.add(cid);
    }
  }

  boolean hasDue() {
    return !due.isEmpty();
  }

  /** Takes the next out that are to be looked up, in the order in which they were wanted. */
  List<Cid> takeDue(int countMax) {
    List<Cid> taken = new ArrayList<>();
    for (Iterator<Cid> next = due.iterator(); next.hasNext() && taken.size() < countMax; ) {
      taken.add(next.next());
      next.remove();
    }
    return taken;
  }

  boolean isReading() {
    return isReading;
  }

  void setReading(boolean isReading) {
    this.isReading = isReading;
  }
}

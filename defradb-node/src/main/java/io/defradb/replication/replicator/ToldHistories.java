package io.defradb.replication.replicator;

import io.defradb.multiformats.Cid;
import io.defradb.replication.pushlog.PushLog;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The heads of long histories that a peer was told with all their stages, so that the stages are
 * not told again: the peer has most of what is below. Of the last few only: whoever is forgotten is
 * told more than need be. Guarded by itself.
 */
final class ToldHistories {
  private static final int DOCUMENTS_MAX = 1024;

  private final Map<String, Set<Cid>> heads = new LinkedHashMap<>();

  synchronized void add(Collection<Parcel> parcels) {
    for (Parcel parcel : parcels) {
      if (parcel.isLong()) {
        Set<Cid> cids = new HashSet<>();
        parcel.logs().stream().map(PushLog::cid).forEach(cids::add);
        heads.remove(parcel.name());
        heads.put(parcel.name(), cids);
      }
    }
    while (heads.size() > DOCUMENTS_MAX) {
      heads.remove(heads.keySet().iterator().next());
    }
  }

  /** Of a commit in the document's history, newest first, whether it is above what was told. */
  synchronized Predicate<Cid> isLacking(String name) {
    Set<Cid> told = heads.getOrDefault(name, Set.of());
    return cid -> !told.contains(cid);
  }
}

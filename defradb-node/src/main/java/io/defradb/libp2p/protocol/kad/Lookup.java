package io.defradb.libp2p.protocol.kad;

import io.defradb.libp2p.peer.PeerAddresses;
import io.defradb.libp2p.peer.PeerId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A walk towards a key: the nearest peers that are known are asked who is nearer, several at a
 * time, until the nearest of all have answered. A state machine: asks through {@link #next}, is
 * told what came of it. Bounded in the peers that it keeps and asks.
 */
final class Lookup {
  private static final int ASKED_MAX = 256;
  private static final int KNOWN_MAX = 1024;

  private final KadSettings settings;
  private final TreeMap<KadKey, Candidate> candidates;
  private int asked;
  private int pending;

  private enum State {
    HEARD,
    ASKED,
    ANSWERED,
    FAILED
  }

  private static final class Candidate {
    private final PeerAddresses peer;
    private State state = State.HEARD;

    Candidate(PeerAddresses peer) {
      this.peer = peer;
    }
  }

  Lookup(KadKey target, KadSettings settings) {
    this.settings = settings;
    this.candidates = new TreeMap<>(target::compareDistance);
  }

  /** A peer that may know; one that is known already is passed over. */
  void heard(PeerAddresses peer) {
    candidates.putIfAbsent(KadKey.of(peer.id()), new Candidate(peer));
    if (candidates.size() > KNOWN_MAX && candidates.lastEntry().getValue().state == State.HEARD) {
      candidates.pollLastEntry();
    }
  }

  /** Whom to ask now; each is to be followed by {@link #answered} or {@link #failed}. */
  List<PeerAddresses> next() {
    List<PeerAddresses> next = new ArrayList<>();
    int near = 0;
    for (Candidate candidate : candidates.values()) {
      if (pending >= settings.concurrency() || asked >= ASKED_MAX || near >= settings.bucketMax()) {
        break;
      }
      if (candidate.state == State.HEARD) {
        candidate.state = State.ASKED;
        asked++;
        pending++;
        next.add(candidate.peer);
      }
      if (candidate.state != State.FAILED) {
        near++;
      }
    }
    return next;
  }

  void answered(PeerId peer) {
    end(peer, State.ANSWERED);
  }

  void failed(PeerId peer) {
    end(peer, State.FAILED);
  }

  private void end(PeerId peer, State state) {
    Candidate candidate = candidates.get(KadKey.of(peer));
    if (candidate != null && candidate.state == State.ASKED) {
      candidate.state = state;
      pending--;
    }
  }

  /** Whether nobody is left to ask and nobody to wait for; true only after {@link #next}. */
  boolean isOver() {
    return pending == 0;
  }

  /** The nearest that answered. */
  List<PeerAddresses> closest() {
    return candidates.values().stream()
        .filter(candidate -> candidate.state == State.ANSWERED)
        .limit(settings.bucketMax())
        .map(candidate -> candidate.peer)
        .toList();
  }
}

package io.defradb.replication.replicator;

import io.defradb.db.Database;
import io.defradb.db.LocalState;
import io.defradb.db.LocalState.Space;
import io.defradb.db.Transaction;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where replicators are kept: local state, so that what is owed survives. Every change reads and
 * writes in one transaction and is done again when another one came first.
 *
 * <pre>
 * 'r' | peer ID text            -> state
 * 'o' | peer ID text | 00 | DocID or collection ID -> empty: its newest heads are owed
 * </pre>
 */
final class ReplicatorStore {
  private static final int ATTEMPTS = 20;
  private static final byte[] EMPTY = {};

  private final Database database;

  ReplicatorStore(Database database) {
    this.database = database;
  }

  Map<PeerId, ReplicatorState> all() {
    Map<PeerId, ReplicatorState> all = new TreeMap<>();
    try (Transaction transaction = database.begin(true)) {
      for (LocalState.Entry entry : transaction.local().list(Space.REPLICATOR, ascii("r"))) {
        String peer = new String(entry.key(), 1, entry.key().length - 1, StandardCharsets.US_ASCII);
        all.put(PeerId.parse(peer), ReplicatorState.decode(Bytes.wrap(entry.value())));
      }
    }
    return all;
  }

  Optional<ReplicatorState> find(PeerId peer) {
    try (Transaction transaction = database.begin(true)) {
      return Optional.ofNullable(read(transaction.local(), peer));
    }
  }

  /** Documents, and collections' own chains, whose newest heads the peer has not acknowledged. */
  Set<String> owed(PeerId peer) {
    try (Transaction transaction = database.begin(true)) {
      return owed(transaction.local(), peer);
    }
  }

  private static Set<String> owed(LocalState local, PeerId peer) {
    Set<String> owed = new LinkedHashSet<>();
    byte[] prefix = owedPrefix(peer);
    for (LocalState.Entry entry : local.list(Space.REPLICATOR, prefix)) {
      owed.add(
          new String(
              entry.key(),
              prefix.length,
              entry.key().length - prefix.length,
              StandardCharsets.US_ASCII));
    }
    return owed;
  }

  /**
   * Changes what is stored of a replicator.
   *
   * @param change from the state, {@code null} for an unknown peer, to the new one; {@code null}
   *     removes the replicator with what it owes
   * @return the new state
   */
  @Nullable ReplicatorState change(
      PeerId peer, Function<@Nullable ReplicatorState, @Nullable ReplicatorState> change) {
    return change(peer, change, Set.of(), Set.of());
  }

  /** The same; {@code owed} and {@code paid} are added to and taken from what is owed. */
  @Nullable ReplicatorState change(
      PeerId peer,
      Function<@Nullable ReplicatorState, @Nullable ReplicatorState> change,
      Collection<String> owed,
      Collection<String> paid) {
    for (int attempt = 1; ; attempt++) {
      try (Transaction transaction = database.begin(false)) {
        LocalState local = transaction.local();
        ReplicatorState before = read(local, peer);
        ReplicatorState after = change.apply(before);
        if (after == null) {
          remove(local, peer);
        } else {
          local.put(Space.REPLICATOR, stateKey(peer), after.encode());
          owed.forEach(name -> local.put(Space.REPLICATOR, owedKey(peer, name), EMPTY));
          paid.forEach(name -> local.delete(Space.REPLICATOR, owedKey(peer, name)));
        }
        transaction.commit();
        return after;
      } catch (DefraException e) {
        if (e.code() != ErrorCode.TXN_CONFLICT || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static void remove(LocalState local, PeerId peer) {
    local.delete(Space.REPLICATOR, stateKey(peer));
    owed(local, peer).forEach(name -> local.delete(Space.REPLICATOR, owedKey(peer, name)));
  }

  static @Nullable ReplicatorState read(LocalState local, PeerId peer) {
    byte[] stored = local.get(Space.REPLICATOR, stateKey(peer));
    return stored == null ? null : ReplicatorState.decode(Bytes.wrap(stored));
  }

  private static byte[] stateKey(PeerId peer) {
    return ascii("r" + peer);
  }

  private static byte[] owedPrefix(PeerId peer) {
    return ascii("o" + peer + '\0');
  }

  private static byte[] owedKey(PeerId peer, String name) {
    return ascii("o" + peer + '\0' + name);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

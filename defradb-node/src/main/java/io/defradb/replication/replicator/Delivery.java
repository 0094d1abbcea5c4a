package io.defradb.replication.replicator;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.replication.pushlog.PushLog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Pushes parcels to one peer, some at a time, and tells which were not acknowledged. It stops early
 * when the peer cannot be reached. Guarded by itself.
 */
final class Delivery {
  private static final int AT_ONCE = 32;

  /** Of a push of a long history, at least. */
  private static final Duration LONG_LIMIT = Duration.ofSeconds(30);

  private final PushTarget target;
  private final PeerId peer;
  private final BooleanSupplier isStopped;
  private final Queue<Queue<Item>> waiting = new ArrayDeque<>();
  private final Set<String> failed = new HashSet<>();
  private final CompletableFuture<Result> result = new CompletableFuture<>();
  private int underWay;
  private boolean isUnreachable;
  private @Nullable Throwable failure;

  private record Item(String name, PushLog log, Duration limit, boolean isStage) {}

  /**
   * How it went.
   *
   * @param failed parcels that are not acknowledged, by name
   * @param isUnreachable the peer did not answer, or asked to come later; the rest was not tried
   * @param failure the first; {@code null}: all is acknowledged
   */
  record Result(Set<String> failed, boolean isUnreachable, @Nullable Throwable failure) {}

  /**
   * Of some parcels.
   *
   * @param limit of one push, of a short history
   * @param isStopped nothing more is to be told; what is under way ends
   */
  Delivery(
      PushTarget target,
      PeerId peer,
      List<Parcel> parcels,
      Duration limit,
      BooleanSupplier isStopped) {
    this.target = target;
    this.peer = peer;
    this.isStopped = isStopped;
    for (Parcel parcel : parcels) {
      Queue<Item> items = new ArrayDeque<>();
      Duration each =
          parcel.stages().isEmpty() || limit.compareTo(LONG_LIMIT) > 0 ? limit : LONG_LIMIT;
      parcel.stages().forEach(log -> items.add(new Item(parcel.name(), log, each, true)));
      parcel.logs().forEach(log -> items.add(new Item(parcel.name(), log, each, false)));
      if (!items.isEmpty()) {
        waiting.add(items);
      }
    }
  }

  CompletableFuture<Result> start() {
    fill();
    return result;
  }

  private void fill() {
    while (true) {
      Queue<Item> parcel;
      Item next;
      synchronized (this) {
        if (isStopped.getAsBoolean()) {
          waiting.clear();
        }
        if (underWay == 0 && (waiting.isEmpty() || isUnreachable)) {
          result.complete(new Result(Set.copyOf(failed), isUnreachable, failure));
          return;
        }
        if (underWay >= AT_ONCE || waiting.isEmpty() || isUnreachable) {
          return;
        }
        parcel = waiting.remove();
        next = parcel.remove();
        if (next.isStage() && !parcel.isEmpty()) {
          waiting.add(parcel); // nothing waits for a stage
        }
        underWay++;
      }
      target
          .push(peer, next.log(), next.limit())
          .whenComplete((done, thrown) -> ended(next, parcel, thrown));
    }
  }

  private void ended(Item item, Queue<Item> rest, @Nullable Throwable thrown) {
    synchronized (this) {
      underWay--;
      if (thrown == null) {
        if (!rest.isEmpty() && !item.isStage()) {
          waiting.add(rest);
        }
      } else if (!item.isStage() || isOfConnection(cause(thrown))) {
        Throwable cause = cause(thrown);
        failure = failure == null ? cause : failure;
        isUnreachable |= isOfConnection(cause);
        failed.add(item.name());
      }
    }
    fill();
  }

  private static Throwable cause(Throwable thrown) {
    return thrown instanceof CompletionException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }

  /** A late answer is one document's matter: it may be long, and the next one short. */
  private static boolean isOfConnection(Throwable cause) {
    return cause instanceof DefraException known
        && (known.code() == ErrorCode.PEER_UNREACHABLE
            || known.code() == ErrorCode.PEER_CLOSED
            || known.code() == ErrorCode.STREAM_RESET
            || known.code() == ErrorCode.BUSY
            || known.code() == ErrorCode.PROTOCOL_NOT_SPOKEN);
  }
}

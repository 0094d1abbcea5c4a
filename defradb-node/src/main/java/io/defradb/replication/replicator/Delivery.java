package io.defradb.replication.replicator;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Cid;
import io.defradb.replication.pushlog.PushLog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Pushes parcels to one peer, some at a time, and tells which were not acknowledged. It stops early
 * when the peer cannot be reached. Guarded by itself.
 */
final class Delivery {
  private static final int AT_ONCE = 32;

  /** What the push of a long history counts for: it makes a peer breathless. */
  private static final int LONG_WEIGHT = 12;

  /**
   * After which a peer with a long history is told to stop at first: the reference then merges what
   * it has, which should be all of it, long before it has gone through it.
   */
  private static final Duration TRIAL = Duration.ofSeconds(1);

  private static final Duration TRIAL_EACH_COMMIT = Duration.ofMillis(3);

  /** Peers take no more than a hundred calls at once. */
  private static final int STAGES_AT_ONCE = 64;

  private final PushTarget target;
  private final PeerId peer;
  private final BooleanSupplier isStopped;
  private final Queue<Course> waiting = new ArrayDeque<>();
  private final Set<String> failed = new HashSet<>();
  private final CompletableFuture<Result> result = new CompletableFuture<>();
  private int underWay;
  private int weight;
  private int stages;
  private boolean isUnreachable;
  private @Nullable Throwable failure;

  /** A push, and what waits for its end. */
  private record Item(
      Course course, PushLog log, Set<Cid> last, Duration limit, int weight, boolean isPush) {
    boolean isStage() {
      return weight == 0;
    }
  }

  /** What is left to be told of one parcel: its stages all at once, then its logs in turn. */
  private static final class Course {
    private final String name;
    private final Queue<Item> stages = new ArrayDeque<>();
    private final Queue<Item> logs = new ArrayDeque<>();
    private int openStages;

    Course(Parcel parcel, Duration limit) {
      name = parcel.name();
      Duration each = limit.compareTo(parcel.patience()) > 0 ? limit : parcel.patience();
      for (Parcel.Stage stage : parcel.stages()) {
        stages.add(new Item(this, stage.log(), stage.last(), parcel.stageLimit(), 0, false));
      }
      int weight = parcel.isLong() ? LONG_WEIGHT : 1;
      for (PushLog log : parcel.logs()) {
        if (parcel.isLong()) {
          Duration trial = TRIAL.plus(TRIAL_EACH_COMMIT.multipliedBy(parcel.height()));
          logs.add(new Item(this, log, Set.of(), trial, weight, false));
        }
        logs.add(new Item(this, log, Set.of(), each, weight, true));
      }
    }
  }

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
      if (!parcel.logs().isEmpty()) {
        waiting.add(new Course(parcel, limit));
      }
    }
  }

  CompletableFuture<Result> start() {
    fill();
    return result;
  }

  private void fill() {
    while (true) {
      Item next;
      synchronized (this) {
        if (isStopped.getAsBoolean() || isUnreachable) {
          waiting.clear();
        }
        if (underWay == 0 && waiting.isEmpty()) {
          result.complete(new Result(Set.copyOf(failed), isUnreachable, failure));
          return;
        }
        if (weight >= AT_ONCE || stages >= STAGES_AT_ONCE || waiting.isEmpty()) {
          return;
        }
        next = next(waiting.element());
        underWay++;
        weight += next.weight();
      }
      push(next).whenComplete((done, thrown) -> ended(next, thrown));
    }
  }

  private CompletionStage<Void> push(Item item) {
    return item.isStage()
        ? target.stage(peer, item.log(), item.last(), item.limit())
        : target.push(peer, item.log(), item.limit());
  }

  /** Of the course that is first; it stays so until its stages are all told. */
  private Item next(Course course) {
    Item stage = course.stages.poll();
    if (stage != null) {
      course.openStages++;
      stages++;
    }
    if (course.stages.isEmpty()) {
      waiting.remove();
    }
    return stage == null ? course.logs.remove() : stage;
  }

  private void ended(Item item, @Nullable Throwable thrown) {
    synchronized (this) {
      underWay--;
      weight -= item.weight();
      Course course = item.course();
      if (item.isStage()) {
        stages--;
        course.openStages--;
      }
      if (thrown == null && !item.isStage() && !item.isPush()) {
        course.logs.remove(); // it is there already
      }
      if (thrown != null && item.isPush()) {
        Throwable cause = cause(thrown);
        failure = failure == null ? cause : failure;
        isUnreachable |= isOfConnection(cause);
        failed.add(course.name);
        course.logs.clear();
      }
      if (course.stages.isEmpty() && course.openStages == 0 && !course.logs.isEmpty()) {
        waiting.add(course);
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

package io.defradb.connect.sink;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.defradb.connect.sink.mapping.CollectionShape;
import io.defradb.connect.sink.mapping.Collections;
import io.defradb.connect.sink.write.IngestRoute;
import io.defradb.document.FieldKind;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The node's collections by way of the ingest route, remembered. For one thread. */
final class NodeCollections implements Collections {
  private static final Logger LOG = LoggerFactory.getLogger(NodeCollections.class);
  private static final String GENERATION = "generation";
  private static final long ASKED_AGAIN_NANOS = Duration.ofSeconds(1).toNanos();

  private final ObjectMapper json = new ObjectMapper();
  private final IngestRoute route;
  private final LongSupplier nanoTime;
  private final Map<String, Optional<CollectionShape>> shapes = new HashMap<>();
  private final Map<String, Long> askedAt = new HashMap<>();
  private long refusals;
  private String feedId = "";

  /** {@code nanoTime}: as {@link System#nanoTime}. */
  NodeCollections(IngestRoute route, LongSupplier nanoTime) {
    this.route = route;
    this.nanoTime = nanoTime;
  }

  @Override
  public @Nullable CollectionShape find(String name) {
    Optional<CollectionShape> known = shapes.get(name);
    return known == null ? findAgain(name) : known.orElse(null);
  }

  /**
   * Asks at most once a second: a stream of records with an unknown field must not ask for each.
   */
  @Override
  public @Nullable CollectionShape findAgain(String name) {
    Long last = askedAt.get(name);
    return last != null && nanoTime.getAsLong() - last < ASKED_AGAIN_NANOS
        ? shapes.getOrDefault(name, Optional.empty()).orElse(null)
        : ask(name);
  }

  @Override
  public CollectionShape create(String name, Map<String, FieldKind> fields) {
    var sdl = new StringBuilder("type ").append(name).append(" {");
    Map<String, FieldKind> all = new TreeMap<>(fields);
    all.putIfAbsent(GENERATION, FieldKind.INT);
    all.forEach((field, kind) -> sdl.append(' ').append(field).append(": ").append(kind.sdl()));
    change(() -> route.addSchema(sdl.append(" }").toString()));
    CollectionShape shape = ask(name);
    if (shape == null) {
      throw new ConnectException("The node has no collection " + name + " after it was created");
    }
    return shape;
  }

  @Override
  public CollectionShape widen(String name, Map<String, FieldKind> fields) {
    ArrayNode patch = json.createArrayNode();
    new TreeMap<>(fields)
        .forEach(
            (field, kind) ->
                patch
                    .addObject()
                    .put("op", "add")
                    .put("path", "/" + name + "/Fields/-")
                    .putObject("value")
                    .put("Name", field)
                    .put("Kind", kind.sdl()));
    change(() -> route.patchSchema(patch.toString()));
    CollectionShape shape = ask(name);
    if (shape == null) {
      throw new ConnectException("The node has lost the collection " + name);
    }
    return shape;
  }

  @Override
  public String feedId() {
    return feedId;
  }

  /** It changes when a node is purged or restored, or when another one takes its place. */
  void feedId(String current) {
    feedId = current;
  }

  private @Nullable CollectionShape ask(String name) {
    Optional<CollectionShape> shape = call(() -> described(name));
    shapes.put(name, shape);
    askedAt.put(name, nanoTime.getAsLong());
    return shape.orElse(null);
  }

  private Optional<CollectionShape> described(String name) throws InterruptedException {
    try {
      return Optional.of(CollectionShape.parse(route.schema(name)));
    } catch (DefraException e) {
      if (e.code() == ErrorCode.COLLECTION_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private interface Call<T> {
    T make() throws InterruptedException;
  }

  private interface SchemaChange {
    void make() throws InterruptedException;
  }

  /** Refused, because another task was first or for good: what the node then has tells. */
  private void change(SchemaChange change) {
    call(
        () -> {
          try {
            change.make();
          } catch (DefraException e) {
            if (e.code().category() == ErrorCode.Category.RETRY
                || e.code().category() == ErrorCode.Category.INTERNAL) {
              throw e; // it may do it when it is asked again
            }
            if (Long.bitCount(++refusals) == 1) { // ever more rarely
              LOG.warn(
                  "The node refused a change of its schema (the {}. of this task): {}",
                  refusals,
                  e.getMessage());
            }
          }
          return true;
        });
  }

  private static <T> T call(Call<T> call) {
    try {
      return call.make();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectException("interrupted", e);
    } catch (DefraException e) {
      throw StartedSink.unreachable(e);
    }
  }
}

package io.defradb.streams.ask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Questions to the table, whichever instance holds the rows: the application's metadata says who,
 * and that one is asked over HTTP with {@code local=true}. Safe for many threads.
 *
 * <p>While partitions move, the answer is {@link InvalidStateStoreException}, never a part of it.
 */
final class TableQueries {
  private static final Duration PEER_WAIT = Duration.ofSeconds(5);

  private final KafkaStreams streams;
  private final HostInfo here;
  private final AskedTable table;
  private final HttpClient peers = HttpClient.newBuilder().connectTimeout(PEER_WAIT).build();
  private final ObjectMapper json = new ObjectMapper();

  TableQueries(KafkaStreams streams, HostInfo here, AskedTable table) {
    this.streams = streams;
    this.here = here;
    this.table = table;
  }

  /** {@code null}: there is none, or not any more. */
  @Nullable JsonNode row(String key, boolean isLocal) {
    if (!isLocal) {
      var metadata = streams.queryMetadataForKey(table.store(), key, new StringSerializer());
      HostInfo holder = metadata.activeHost();
      if (holder.port() < 0) {
        throw new InvalidStateStoreException("nobody holds the row now");
      }
      if (!holder.equals(here)) {
        JsonNode answer = ask(holder, "/" + table.path() + "/" + encoded(key) + "?local=true");
        return answer.isNull() ? null : answer;
      }
    }
    return table.shown().apply(store().get(key));
  }

  /**
   * Rows in the order of their keys, at most {@code limit}.
   *
   * @param from the first key; {@code null}: from the beginning
   * @param to the last key; {@code null}: to the end
   */
  List<JsonNode> rows(@Nullable String from, @Nullable String to, int limit, boolean isLocal) {
    List<JsonNode> found = new ArrayList<>(localRows(from, to, limit));
    if (!isLocal) {
      var path = new StringBuilder("/" + table.path() + "?local=true&limit=").append(limit);
      path.append(from == null ? "" : "&from=" + encoded(from));
      path.append(to == null ? "" : "&to=" + encoded(to));
      for (HostInfo other : others()) {
        ask(other, path.toString()).forEach(found::add);
      }
      found.sort(Comparator.comparing(row -> row.path(table.keyName()).asText()));
    }
    return found.subList(0, Math.min(limit, found.size()));
  }

  /** How many rows there are. */
  long count(boolean isLocal) {
    long count = 0;
    try (var rows = store().all()) {
      while (rows.hasNext()) {
        count += table.shown().apply(rows.next().value) == null ? 0 : 1;
      }
    }
    if (!isLocal) {
      for (HostInfo other : others()) {
        count += ask(other, "/count?local=true").asLong();
      }
    }
    return count;
  }

  private List<JsonNode> localRows(@Nullable String from, @Nullable String to, int limit) {
    List<JsonNode> found = new ArrayList<>();
    try (var rows = store().range(from, to)) {
      while (found.size() < limit && rows.hasNext()) {
        var row = rows.next();
        JsonNode content = table.shown().apply(row.value);
        if (content != null) {
          ObjectNode shown = JsonNodeFactory.instance.objectNode();
          shown.put(table.keyName(), row.key);
          content.properties().forEach(field -> shown.set(field.getKey(), field.getValue()));
          found.add(shown);
        }
      }
    }
    return found;
  }

  /** The other instances that hold a part of the table. */
  private List<HostInfo> others() {
    return streams.streamsMetadataForStore(table.store()).stream()
        .filter(instance -> !instance.topicPartitions().isEmpty())
        .map(instance -> instance.hostInfo())
        .filter(host -> !host.equals(here))
        .distinct()
        .toList();
  }

  private JsonNode ask(HostInfo host, String path) {
    URI uri = URI.create("http://" + host.host() + ":" + host.port() + path);
    try {
      HttpResponse<byte[]> answer =
          peers.send(
              HttpRequest.newBuilder(uri).timeout(PEER_WAIT).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() == 200 || answer.statusCode() == 404) {
        return json.readTree(answer.body());
      }
      throw new InvalidStateStoreException(uri + " answered " + answer.statusCode());
    } catch (IOException e) {
      throw new InvalidStateStoreException(uri + " cannot be asked: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InvalidStateStoreException(uri + " was not waited for", e);
    }
  }

  private ReadOnlyKeyValueStore<String, JsonNode> store() {
    return streams.store(
        StoreQueryParameters.fromNameAndType(table.store(), QueryableStoreTypes.keyValueStore()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

package io.defradb.connect.sink;

import static java.util.Objects.requireNonNull;

import io.defradb.connect.sink.write.TopicIdentity;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the cluster, by the optional {@code admin.*} settings, who it is and which life of a topic
 * this is.
 */
final class TopicIdentities implements AutoCloseable {
  private static final Duration WAIT = Duration.ofSeconds(30);

  private final @Nullable Admin admin;
  private final Map<String, TopicIdentity> known = new HashMap<>();

  TopicIdentities(Map<String, Object> settings) {
    admin = settings.isEmpty() ? null : Admin.create(settings);
  }

  /** {@link TopicIdentity#UNKNOWN} without {@code admin.*} settings. */
  TopicIdentity of(String topic) {
    return admin == null
        ? TopicIdentity.UNKNOWN
        : known.computeIfAbsent(topic, name -> ask(admin, name));
  }

  private static TopicIdentity ask(Admin admin, String topic) {
    try {
      String cluster = admin.describeCluster().clusterId().get(WAIT.toSeconds(), TimeUnit.SECONDS);
      TopicDescription description =
          requireNonNull(admin.describeTopics(List.of(topic)).topicNameValues().get(topic))
              .get(WAIT.toSeconds(), TimeUnit.SECONDS);
      return new TopicIdentity(cluster, description.topicId().toString());
    } catch (ExecutionException | TimeoutException e) {
      throw new RetriableException(
          "The cluster cannot be asked about topic "
              + topic
              + " (admin.* settings): "
              + e.getMessage(),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectException("interrupted", e);
    }
  }

  @Override
  public void close() {
    if (admin != null) {
      admin.close(Duration.ZERO);
    }
  }
}

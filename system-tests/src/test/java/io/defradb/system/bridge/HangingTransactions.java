package io.defradb.system.bridge;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Transactions that a broker takes for ended and whose markers it never wrote. A broker that dies
 * between the decision to commit and the markers skips them when it is there again, because for a
 * moment its own partitions have no leader (KAFKA-20734; 4.3.1 does so). Nobody reads past them
 * with {@code read_committed}: no consumer, and no worker its offsets, so that it never starts.
 */
final class HangingTransactions implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Set<TransactionState> ENDING =
      Set.of(TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT);

  private final Admin admin;

  private HangingTransactions(String brokers) {
    this.admin = Admin.create(Map.of("bootstrap.servers", brokers));
  }

  /**
   * What the broker itself has left open for ever, and no worker gets past, is ended as an operator
   * ends it: without the worker, because one that took it for committed would go on after it. The
   * source sends it again. To be called whenever the broker was killed.
   *
   * @return whether there was anything
   */
  static boolean end(House house) throws Exception {
    try (var transactions = new HangingTransactions(house.settings.kafkaAddress())) {
      List<AbortTransactionSpec> hanging = transactions.find();
      if (hanging.isEmpty()) {
        return false;
      }
      house.killWorker();
      transactions.abort(hanging);
      house.startWorker();
      return true;
    }
  }

  /**
   * What hangs; empty as soon as nothing can. What is open only because its producer or its
   * coordinator is still at work is waited for, and is none of it.
   */
  private List<AbortTransactionSpec> find() throws Exception {
    try {
      await()
          .atMost(PATIENCE)
          .ignoreExceptions() // coordinators are being loaded
          .until(() -> !hasAny(ENDING) && look().isEmpty());
      return List.of();
    } catch (ConditionTimeoutException e) {
      return await().ignoreExceptions().until(this::look, open -> true);
    }
  }

  /** Whoever wrote them must be stopped. */
  private void abort(List<AbortTransactionSpec> hanging) throws Exception {
    for (AbortTransactionSpec one : hanging) {
      admin.abortTransaction(one).all().get();
    }
  }

  private boolean hasAny(Set<TransactionState> states) throws Exception {
    return transactions().stream().anyMatch(transaction -> states.contains(transaction.state()));
  }

  private Collection<TransactionListing> transactions() throws Exception {
    return admin.listTransactions().all().get();
  }

  private List<AbortTransactionSpec> look() throws Exception {
    Set<Long> atWork =
        transactions().stream()
            .filter(
                transaction ->
                    transaction.state() == TransactionState.ONGOING
                        || ENDING.contains(transaction.state()))
            .map(TransactionListing::producerId)
            .collect(Collectors.toSet());
    List<AbortTransactionSpec> open = new ArrayList<>();
    admin
        .describeProducers(partitions())
        .all()
        .get()
        .forEach(
            (partition, state) ->
                state.activeProducers().stream()
                    .filter(producer -> producer.currentTransactionStartOffset().isPresent())
                    .filter(producer -> !atWork.contains(producer.producerId()))
                    .map(
                        producer ->
                            new AbortTransactionSpec(
                                partition,
                                producer.producerId(),
                                (short) producer.producerEpoch(),
                                producer.coordinatorEpoch().orElse(0)))
                    .forEach(open::add));
    return open;
  }

  private List<TopicPartition> partitions() throws ExecutionException, InterruptedException {
    Set<String> topics = admin.listTopics().names().get();
    List<TopicPartition> partitions = new ArrayList<>();
    admin
        .describeTopics(topics)
        .allTopicNames()
        .get()
        .forEach(
            (name, topic) ->
                topic
                    .partitions()
                    .forEach(
                        partition ->
                            partitions.add(new TopicPartition(name, partition.partition()))));
    return partitions;
  }

  @Override
  public void close() {
    admin.close();
  }
}

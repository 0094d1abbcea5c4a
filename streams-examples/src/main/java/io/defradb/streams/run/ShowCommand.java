package io.defradb.streams.run;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints what an example has written, for those who have no Kafka tools at hand. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Print what a topic holds and what comes, committed records only.",
      "A record a line: its key, a tab, its value; a tombstone's is empty."
    })
public final class ShowCommand implements Callable<Integer> {
  private static final Duration POLL = Duration.ofMillis(200);

  @CommandLine.Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      required = true,
      description = "A broker of the cluster, or several, separated by commas.")
  private String bootstrap = "";

  @Option(names = "--topic", required = true, description = "Which topic.")
  private String topic = "";

  @Option(names = "--once", description = "End with what the topic holds now.")
  private boolean isOnce;

  @Option(
      names = {"-s", "--setting"},
      paramLabel = "KEY=VALUE",
      description = "Any further setting of a Kafka consumer. May come again.")
  private Map<String, String> more = new LinkedHashMap<>();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("bootstrap.servers", bootstrap);
    settings.put("isolation.level", "read_committed");
    settings.put("allow.auto.create.topics", false);
    settings.putAll(more);
    var texts = new StringDeserializer();
    try (var consumer = new KafkaConsumer<String, @Nullable String>(settings, texts, texts)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      if (partitions.isEmpty()) {
        spec.commandLine().getErr().println("Error: there is no topic " + topic + " yet.");
        return 1;
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (!isOnce || !hasReached(consumer, ends)) {
        for (ConsumerRecord<String, @Nullable String> record : consumer.poll(POLL)) {
          String value = record.value();
          out.println(record.key() + "\t" + (value == null ? "" : value));
        }
        out.flush();
      }
    }
    return 0;
  }

  /** By the position: what ends a transaction is an offset, too. */
  private static boolean hasReached(KafkaConsumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
    Set<Map.Entry<TopicPartition, Long>> all = ends.entrySet();
    return all.stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }
}

package io.defradb.connect.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.connect.source.settings.CollectionChoice;
import io.defradb.connect.source.settings.SourceConfigDef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;

class DefraSourceConnectorTest {
  @Test
  void givenManyFaults_whenValidated_thenEachIsNamedAtItsKeyAtOnce() {
    Map<String, List<String>> faults =
        faults(
            Map.of(
                "snapshot.mode", "sometimes",
                "defradb.shards", "0",
                "snapshot.modes", "initial",
                "errors.max.retires", "3",
                "errors.tolerence", "all",
                "errors.of.tomorrow", "none",
                "defradb.url", "ftp://x"));
    assertThat(faults.keySet())
        .containsExactlyInAnyOrder(
            "snapshot.mode",
            "defradb.shards",
            "snapshot.modes",
            "errors.max.retires",
            "errors.tolerence",
            "defradb.url",
            "topic.prefix");
    assertThat(faults.get("errors.max.retires").toString()).contains("Did you mean errors.max.ret");
    assertThat(faults.get("snapshot.modes").toString()).contains("Did you mean snapshot.mode?");
  }

  @Test
  void givenSettingsThatDoNotGoTogether_whenValidated_thenEveryOneIsNamed() {
    Map<String, String> settings = new HashMap<>();
    settings.put("topic.prefix", "p");
    settings.put("collection.include.list", "User");
    settings.put("collection.exclude.list", "Us(er");
    settings.put("field.include.list", "Other.name");
    settings.put("field.exclude.list", "age");
    settings.put("document.include.list", "bae-1");
    settings.put("signal.enabled.channels", "kafka");
    settings.put("notification.enabled.channels", "sink");
    settings.put("custom.metric.tags", "fleet");
    settings.put("topic.naming.strategy", "java.lang.String");
    settings.put("topic.regex", "(");
    settings.put("snapshot.mode", "since");
    Map<String, List<String>> faults = faults(settings);
    assertThat(faults)
        .containsOnlyKeys(
            "collection.include.list",
            "collection.exclude.list",
            "field.include.list",
            "field.exclude.list",
            "document.include.list",
            "signal.kafka.bootstrap.servers",
            "notification.sink.topic.name",
            "custom.metric.tags",
            "topic.naming.strategy",
            "topic.regex",
            "snapshot.since.seq");
    assertThat(faults.get("collection.exclude.list").toString())
        .contains("no regular expression", "cannot be given together");
  }

  @Test
  void givenANamingStrategyThatRefuses_whenValidated_thenItSaysWhy() {
    Map<String, List<String>> faults =
        faults(
            Map.of(
                "topic.prefix",
                "p",
                "topic.naming.strategy",
                "io.defradb.connect.source.topic.RegexTopicNamingStrategy"));
    assertThat(faults).containsOnlyKeys("topic.naming.strategy");
    assertThat(faults.get("topic.naming.strategy").toString()).contains("topic.replacement");
  }

  @Test
  void givenCollectionsByExpression_whenChosen_thenWholeNamesCountAndExcludedOnesDoNot() {
    List<String> present = List.of("Order", "OrderLine", "User");
    assertThat(new CollectionChoice(List.of("Order.*"), List.of()).of(present))
        .containsExactly("Order", "OrderLine");
    assertThat(new CollectionChoice(List.of(), List.of("User")).of(present))
        .containsExactly("Order", "OrderLine");
    assertThat(new CollectionChoice(List.of("User", "Later"), List.of()).of(List.of()))
        .containsExactly("User", "Later");
  }

  @Test
  void givenNoNodeAtTheAddress_whenValidated_thenTheAddressIsAtFault() {
    assertThat(
            faults(
                Map.of(
                    "defradb.url",
                    "http://127.0.0.1:1",
                    "topic.prefix",
                    "p",
                    "collection.include.list",
                    "A")))
        .containsOnlyKeys("defradb.url");
  }

  @Test
  void givenShardsAndTasks_whenDealt_thenEveryShardHasOneTaskAndNoTaskIsIdle() {
    for (int shards = 1; shards <= 9; shards++) {
      for (int tasks = 1; tasks <= 9; tasks++) {
        List<Map<String, String>> configs = TaskShards.deal(Map.of(), List.of("A"), shards, tasks);
        assertThat(configs).hasSize(Math.min(shards, tasks));
        var seen = new TreeSet<Integer>();
        for (Map<String, String> config : configs) {
          assertThat(TaskShards.parse(config)).isNotEmpty().allMatch(seen::add);
        }
        assertThat(seen).hasSize(shards);
      }
    }
  }

  @Test
  void givenAForm_whenItAsks_thenWordsAreOfferedAndOnlyKeysWithASenseAreShown() {
    Map<String, ConfigValue> plain = values(Map.of("topic.prefix", "p"));
    assertThat(plain.get("snapshot.mode").recommendedValues())
        .containsExactly("initial", "always", "initial_only", "no_data", "when_needed", "since");
    assertThat(plain.get("signal.enabled.channels").recommendedValues())
        .containsExactly("kafka", "file", "jmx");
    assertThat(plain.values().stream().filter(value -> !value.visible()).map(ConfigValue::name))
        .containsExactlyInAnyOrder(
            "defradb.identity.key.type",
            "defradb.identity.token.lifetime.ms",
            "topic.regex",
            "topic.replacement",
            "topic.transaction",
            "topic.conflict",
            "topic.heartbeat.prefix",
            "event.oversize.threshold.bytes",
            "guardrail.collections.limit.action",
            "signal.kafka.topic",
            "signal.kafka.bootstrap.servers",
            "signal.file",
            "signal.poll.interval.ms",
            "incremental.snapshot.chunk.size",
            "notification.sink.topic.name",
            "snapshot.since.seq");
    Map<String, String> all = new HashMap<>();
    all.put("topic.prefix", "p");
    all.put("defradb.identity.key", "0".repeat(63) + "1");
    all.put("topic.naming.strategy", "io.defradb.connect.source.topic.RegexTopicNamingStrategy");
    all.put("provide.transaction.metadata", "true");
    all.put("include.conflicts", "true");
    all.put("heartbeat.interval.ms", "1");
    all.put("event.oversize.handling.mode", "Fail");
    all.put("guardrail.collections.max", "1");
    all.put("signal.enabled.channels", "kafka,file");
    all.put("notification.enabled.channels", "sink");
    all.put("snapshot.mode", "SINCE");
    assertThat(values(all).values()).allMatch(ConfigValue::visible);
  }

  @Test
  void givenWordsOfOtherConnectors_whenTheyLeaveNothingOut_thenTheyAreNoFault() {
    assertThat(
            faults(
                Map.of(
                    "topic.prefix", "p",
                    "skipped.operations", "t",
                    "defradb.url", "http://127.0.0.1:1")))
        .containsOnlyKeys("defradb.url");
    assertThat(faults(Map.of("topic.prefix", "p", "skipped.operations", "x,C")).toString())
        .contains("must be one of c, u, d, t, none");
  }

  private static Map<String, ConfigValue> values(Map<String, String> settings) {
    return SourceConfigDef.DEF.validateAll(settings);
  }

  private static Map<String, List<String>> faults(Map<String, String> settings) {
    Map<String, String> given =
        new HashMap<>(Map.of("name", "s", "connector.class", "c", "tasks.max", "1"));
    given.putAll(settings);
    Config config = new DefraSourceConnector().validate(given);
    Map<String, List<String>> faults = new HashMap<>();
    for (ConfigValue value : config.configValues()) {
      if (!value.errorMessages().isEmpty()) {
        faults.put(value.name(), value.errorMessages());
      }
    }
    return faults;
  }
}

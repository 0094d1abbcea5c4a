package io.defradb.system.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** The broker that users run from its image, where a Docker engine is there. */
class TestcontainersBrokerTest {
  @Test
  void givenTheBrokersImage_whenStarted_thenItAnswers() throws Exception {
    assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(),
        "skipped: no Docker engine on this machine");
    try (var broker = new KafkaContainer(DockerImageName.parse("apache/kafka:4.3.1"))) {
      broker.start();
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.getBootstrapServers()))) {
        assertThat(admin.describeCluster().nodes().get(60, TimeUnit.SECONDS)).hasSize(1);
      }
    }
  }
}

package io.defradb.testing;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * A Kafka broker of its own for tests: one node that is its controller too, small, and quick to
 * give a group its partitions.
 *
 * @param folder of its data and of its file of settings
 * @param port where clients reach it; its controller listens on the next
 */
public record BrokerSettings(Path folder, int port) {

  /** On free ports. */
  public static BrokerSettings in(Path folder) {
    return new BrokerSettings(folder, FreePorts.consecutive(2));
  }

  /** {@code host:port}. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  /** Written to {@code broker.properties}, which is answered. */
  public Path write() throws IOException {
    Path file = folder.resolve("broker.properties");
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties().store(writer, null);
    }
    return file;
  }

  public Properties properties() {
    var broker = new Properties();
    String controller = "127.0.0.1:" + (port + 1);
    broker.setProperty("process.roles", "broker,controller");
    broker.setProperty("node.id", "1");
    broker.setProperty("controller.quorum.voters", "1@" + controller);
    broker.setProperty("controller.listener.names", "CONTROLLER");
    broker.setProperty("listeners", "PLAINTEXT://" + address() + ",CONTROLLER://" + controller);
    broker.setProperty("advertised.listeners", "PLAINTEXT://" + address());
    broker.setProperty(
        "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    broker.setProperty("log.dirs", folder.resolve("kafka").toString());
    broker.setProperty("offsets.topic.replication.factor", "1");
    broker.setProperty("offsets.topic.num.partitions", "1");
    broker.setProperty("transaction.state.log.replication.factor", "1");
    broker.setProperty("transaction.state.log.min.isr", "1");
    broker.setProperty("transaction.state.log.num.partitions", "1");
    broker.setProperty("group.initial.rebalance.delay.ms", "0");
    return broker;
  }
}

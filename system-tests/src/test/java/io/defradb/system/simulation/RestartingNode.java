package io.defradb.system.simulation;

import static org.awaitility.Awaitility.await;

import io.defradb.client.ClientSettings;
import io.defradb.client.DefraClient;
import io.defradb.crypto.KeyType;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.node.DefraNode;
import io.defradb.node.NodeConfig;
import io.defradb.testing.FreePorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A node on disk that can be stopped and started again where it was. */
final class RestartingNode implements AutoCloseable {
  private final Path folder;
  private final int port = FreePorts.next();
  private DefraNode node;

  RestartingNode(Path folder) {
    this.folder = folder;
    this.node = DefraNode.start(config());
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** A question that is asked until the node is there to answer it. */
  interface Question<T> {
    T ask(DefraClient client) throws InterruptedException;
  }

  <T> T ask(Question<T> question) {
    var client = new DefraClient(ClientSettings.anonymous(url()));
    return await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(20))
        .ignoreExceptionsMatching(RestartingNode::isPassing)
        .until(() -> question.ask(client), answer -> true);
  }

  private static boolean isPassing(Throwable failure) {
    return failure instanceof DefraException e && e.code().category() == ErrorCode.Category.RETRY;
  }

  synchronized void restart() {
    node.close();
    node = DefraNode.start(config());
  }

  private NodeConfig config() {
    return new NodeConfig(
        folder,
        new NodeConfig.Api("127.0.0.1", port, List.of(), null, false),
        new NodeConfig.Store(false, folder.resolve("data"), false, NodeConfig.Durability.OS),
        new NodeConfig.Keys(null, false, KeyType.SECP256K1),
        new NodeConfig.Net(
            false, List.of(), List.of(), false, false, false, List.of(Duration.ofSeconds(1))),
        new NodeConfig.Acp(false, "none", null),
        5,
        true,
        null);
  }

  @Override
  public synchronized void close() {
    node.close();
  }
}

package io.defradb.quickstart;

import java.nio.file.Path;

/**
 * What the command line asks for.
 *
 * @param home the checkout or the unpacked distribution: holds {@code bin}, {@code config} and the
 *     built plugins
 * @param folder where node, broker and worker keep their data and logs
 * @param isResumed keep what an earlier run left in {@code folder}
 * @param isChecked assert every figure and end, instead of staying up
 */
record Settings(
    Path home,
    Path folder,
    boolean isResumed,
    boolean isChecked,
    int nodePort,
    int kafkaPort,
    int connectPort) {

  static final String COLLECTION = "Airport";
  static final String RECORDS_TOPIC = "airports";
  static final String EVENTS_TOPIC = "defradb.Airport";
  static final String SINK = "airports-sink";
  static final String SOURCE = "airports-source";

  String nodeAddress() {
    return "127.0.0.1:" + nodePort;
  }

  String nodeUrl() {
    return "http://" + nodeAddress();
  }

  String kafkaAddress() {
    return "127.0.0.1:" + kafkaPort;
  }

  /** The controller's listener is the broker's neighbour. */
  int controllerPort() {
    return kafkaPort + 1;
  }

  String connectUrl() {
    return "http://127.0.0.1:" + connectPort;
  }
}

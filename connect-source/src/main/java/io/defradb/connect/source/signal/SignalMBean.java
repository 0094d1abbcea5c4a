package io.defradb.connect.source.signal;

/** The door for signals over JMX. */
public interface SignalMBean {
  /**
   * Tells the task something.
   *
   * @param data JSON, as in the other channels
   */
  void signal(String id, String type, String data);
}

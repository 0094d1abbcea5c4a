package io.defradb.connect.source.signal;

import java.util.List;

/** Where signals come from. For one thread. */
interface SignalChannel extends AutoCloseable {
  /** Texts that have come since the last call; never waits long. */
  List<String> poll();

  /** What was polled has been done: it need not be told again after a restart. */
  void acknowledge();

  @Override
  void close();
}

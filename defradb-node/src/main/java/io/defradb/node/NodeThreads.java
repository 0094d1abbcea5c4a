package io.defradb.node;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Named daemon threads; what nobody catches is logged. */
final class NodeThreads implements ThreadFactory {
  private static final Logger LOG = LoggerFactory.getLogger("node");

  private final String name;
  private final AtomicInteger count = new AtomicInteger();

  NodeThreads(String name) {
    this.name = name;
  }

  @Override
  public Thread newThread(Runnable work) {
    var thread = new Thread(work, name + "-" + count.incrementAndGet());
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler(
        (failed, failure) ->
            LOG.atError().addKeyValue("Thread", failed.getName()).setCause(failure).log("Failed"));
    return thread;
  }
}

package io.defradb.libp2p.transport.tcp;

import io.defradb.libp2p.transport.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A loop of Netty's. After its end it runs nothing any more, which is only logged. */
record TcpLoop(EventExecutor executor) implements EventLoop {
  private static final Logger LOG = LoggerFactory.getLogger("net");

  @Override
  public void execute(Runnable task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException ended) {
      LOG.debug("The loop has ended", ended);
    }
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    try {
      Future<?> scheduled = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> scheduled.cancel(false);
    } catch (RejectedExecutionException ended) {
      LOG.debug("The loop has ended", ended);
      return () -> {};
    }
  }

  @Override
  public boolean isInside() {
    return executor.inEventLoop();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }
}

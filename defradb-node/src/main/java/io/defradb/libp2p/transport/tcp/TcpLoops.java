package io.defradb.libp2p.transport.tcp;

import io.defradb.libp2p.transport.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** The event loops of TCP connections, each a thread that starts when it is first needed. */
public final class TcpLoops implements AutoCloseable {
  private static final long END_SECONDS = 5;

  private final IoEventLoopGroup group;

  public TcpLoops(int threads, ThreadFactory factory) {
    this.group = new MultiThreadIoEventLoopGroup(threads, factory, NioIoHandler.newFactory());
  }

  IoEventLoopGroup group() {
    return group;
  }

  /** One of the loops. */
  public EventLoop next() {
    return new TcpLoop(group.next());
  }

  /** Lets what is queued run, then ends the threads; waits for it a few seconds. */
  @Override
  public void close() {
    group.shutdownGracefully(0, END_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}

package io.defradb.http;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The listening server. Event loops carry bytes, a bounded pool of workers runs the endpoints.
 * {@link #move} swaps what is served without closing a connection.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel, seen there
public final class HttpServer implements AutoCloseable {
  private static final int START_LINE_BYTES_MAX = 1024 * 1024;
  private static final int HEADERS_BYTES_MAX = 1024 * 1024;
  private static final int WRITE_LOW_BYTES = 128 * 1024;
  private static final int WRITE_HIGH_BYTES = 512 * 1024;
  private static final long SWEEP_SECONDS = 30;
  private static final long GRACE_SECONDS = 5;

  private final HttpSettings settings;
  private final HttpStats stats;
  private final @Nullable TlsContext tls;
  private final IoEventLoopGroup loops;
  private final ThreadPoolExecutor workers;
  private final ChannelGroup connections =
      new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
  private final ServerContext context;
  private volatile @Nullable Served served;
  private @Nullable Channel listener;

  /**
   * Prepares; {@link #bind} takes the address, {@link #open} begins to answer.
   *
   * @param threads makes the threads of loops and workers
   * @throws DefraException INVALID_CONFIG: TLS files missing or unusable
   */
  public HttpServer(HttpSettings settings, ThreadFactory threads, HttpStats stats) {
    this.settings = settings;
    this.stats = stats;
    this.tls = settings.tls() == null ? null : new TlsContext(settings.tls());
    int cores = Runtime.getRuntime().availableProcessors();
    this.loops = new MultiThreadIoEventLoopGroup(cores, threads, NioIoHandler.newFactory());
    this.workers =
        new ThreadPoolExecutor(
            settings.workers(),
            settings.workers(),
            60,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(settings.waitingMax()),
            threads);
    this.workers.allowCoreThreadTimeOut(true);
    this.context =
        new ServerContext(
            settings,
            this::served,
            workers,
            new CorsPolicy(settings.allowedOrigins()),
            stats,
            new RequestLog(stats),
            new AtomicLong(),
            new AtomicLong());
  }

  /**
   * Takes the address. Who connects waits until {@link #open}, so this may go on beside whatever
   * makes the house.
   *
   * @throws DefraException ADDRESS_IN_USE, INVALID_CONFIG
   */
  public void bind() {
    var bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 1024)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(WRITE_LOW_BYTES, WRITE_HIGH_BYTES))
            .childHandler(new Initializer());
    var address =
        settings.host().isEmpty()
            ? new InetSocketAddress(settings.port())
            : new InetSocketAddress(settings.host(), settings.port());
    String name = settings.host() + ":" + settings.port();
    if (address.isUnresolved()) {
      throw new DefraException(
          ErrorCode.INVALID_CONFIG, "listen tcp: lookup " + settings.host() + ": no such host");
    }
    var bound = bootstrap.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      close();
      if (bound.cause() instanceof BindException) {
        throw new DefraException(
            ErrorCode.ADDRESS_IN_USE, "listen tcp " + name + ": bind: " + reason(bound.cause()));
      }
      throw new DefraException(
          ErrorCode.INVALID_CONFIG, "listen tcp " + name + ": " + bound.cause().getMessage());
    }
    listener = bound.channel();
  }

  /** Answers from now on. */
  public void open(House house) {
    if (listener == null) {
      throw new IllegalStateException("not bound");
    }
    served = new Served(house);
    listener.config().setAutoRead(true);
    loops
        .next()
        .scheduleWithFixedDelay(
            () -> Workers.offer(workers, served().house().transactions()::sweep),
            SWEEP_SECONDS,
            SWEEP_SECONDS,
            TimeUnit.SECONDS);
    if (tls != null) {
      long checkMillis = settings.certificateCheck().toMillis();
      loops
          .next()
          .scheduleWithFixedDelay(
              () -> Workers.offer(workers, tls::refresh),
              checkMillis,
              checkMillis,
              TimeUnit.MILLISECONDS);
    }
  }

  private Served served() {
    return Objects.requireNonNull(served, "not open");
  }

  private static String reason(Throwable failure) {
    String text = String.valueOf(failure.getMessage());
    return text.contains("in use") ? "address already in use" : "cannot assign requested address";
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    if (listener == null) {
      throw new IllegalStateException("not bound");
    }
    return (InetSocketAddress) listener.localAddress();
  }

  public boolean isSecure() {
    return tls != null;
  }

  /**
   * Serves another house from the next request on, and waits until the former one is empty: its
   * streams are cut, its requests given some time.
   *
   * @param own requests that wait for this themselves: 1 when a request asked for it
   * @return false when somebody is still inside
   */
  public boolean move(House house, int own) {
    Served former = served();
    served = new Served(house);
    try {
      return former.empty(own, TimeUnit.SECONDS.toMillis(GRACE_SECONDS));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Stops listening, lets running requests end for a while, then closes every connection. */
  @Override
  public void close() {
    if (listener != null) {
      listener.close().awaitUninterruptibly();
    }
    workers.shutdown();
    try {
      if (!workers.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
        workers.shutdownNow();
      }
    } catch (InterruptedException stop) {
      workers.shutdownNow();
      Thread.currentThread().interrupt();
    }
    connections.close().awaitUninterruptibly(GRACE_SECONDS, TimeUnit.SECONDS);
    loops
        .shutdownGracefully(0, GRACE_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(GRACE_SECONDS, TimeUnit.SECONDS);
  }

  private final class Initializer extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel channel) {
      if (stats.connections.incrementAndGet() > settings.connectionsMax()) {
        stats.connections.decrementAndGet();
        stats.refused.increment();
        channel.close();
        return;
      }
      channel.closeFuture().addListener(unused -> stats.connections.decrementAndGet());
      connections.add(channel);
      var clock = new ConnectionClock(settings);
      if (tls != null) {
        channel.pipeline().addLast("tls", new TlsDoor(tls.current(), settings.headMax()));
      }
      channel
          .pipeline()
          .addLast(clock)
          .addLast(
              new HttpServerCodec(
                  new HttpDecoderConfig()
                      .setMaxInitialLineLength(START_LINE_BYTES_MAX)
                      .setMaxHeaderSize(HEADERS_BYTES_MAX)))
          .addLast(new ConnectionHandler(context, clock));
    }
  }
}

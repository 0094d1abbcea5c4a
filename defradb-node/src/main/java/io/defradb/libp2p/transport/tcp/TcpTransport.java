package io.defradb.libp2p.transport.tcp;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.address.Multiaddr;
import io.defradb.libp2p.transport.Pipe;
import io.defradb.libp2p.transport.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Dials and listens at {@code /ip4/…/tcp/…} and {@code /ip6/…/tcp/…}, and dials names ({@code
 * /dns}, {@code /dns4}, {@code /dns6}). A port may be listened to by several nodes, as the
 * reference does.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a channel that is closed needs no answer
public final class TcpTransport implements Transport {
  private static final int WRITE_LOW_BYTES = 64 * 1024;
  private static final int WRITE_HIGH_BYTES = 256 * 1024;
  private static final int WAITING_TO_BE_ACCEPTED_MAX = 256;

  private final TcpLoops loops;
  private final NameLookup names;

  /** {@code blocking}: runs look-ups of names, which wait; bounded. */
  public TcpTransport(TcpLoops loops, Executor blocking) {
    this.loops = loops;
    this.names = new NameLookup(blocking);
  }

  @Override
  public boolean serves(Multiaddr address) {
    return NameLookup.canFind(address);
  }

  @Override
  public CompletionStage<Pipe> dial(Multiaddr address, Duration limit) {
    return names
        .find(address)
        .thenCompose(ip -> connect(new InetSocketAddress(ip, NameLookup.port(address)), limit));
  }

  private CompletionStage<Pipe> connect(InetSocketAddress target, Duration limit) {
    var dialled = new CompletableFuture<Pipe>();
    ChannelFuture connecting =
        new Bootstrap()
            .group(loops.group())
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) limit.toMillis())
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark())
            .handler(new ChannelInboundHandlerAdapter())
            .connect(target);
    connecting.addListener(
        connected -> {
          if (!connected.isSuccess()) {
            dialled.completeExceptionally(
                new DefraException(
                    ErrorCode.PEER_UNREACHABLE,
                    "cannot connect",
                    "Reason",
                    String.valueOf(connected.cause().getMessage())));
            return;
          }
          var pipe = new TcpPipe(connecting.channel());
          connecting.channel().pipeline().addLast(pipe);
          if (!dialled.complete(pipe)) {
            connecting.channel().close();
          }
        });
    return dialled;
  }

  private static WriteBufferWaterMark waterMark() {
    return new WriteBufferWaterMark(WRITE_LOW_BYTES, WRITE_HIGH_BYTES);
  }

  @Override
  public Listener listen(Multiaddr address, Consumer<Pipe> accepted) {
    boolean isName = address.parts().get(0).protocol().text().startsWith("dns");
    if (isName) {
      throw new DefraException(
          ErrorCode.INVALID_ARGUMENT, "cannot listen at a name", "Address", address);
    }
    InetAddress ip = NameLookup.ip(address.parts().get(0));
    ChannelFuture binding =
        new ServerBootstrap()
            .group(loops.group())
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, WAITING_TO_BE_ACCEPTED_MAX)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT), true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark())
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    var pipe = new TcpPipe(channel);
                    channel.pipeline().addLast(pipe);
                    accepted.accept(pipe);
                  }
                })
            .bind(ip, NameLookup.port(address))
            .awaitUninterruptibly();
    if (!binding.isSuccess()) {
      throw new DefraException(
          ErrorCode.ADDRESS_IN_USE,
          "failed to listen on any addresses",
          "Address",
          address,
          "Reason",
          String.valueOf(binding.cause().getMessage()));
    }
    return new TcpListener(binding.channel(), ip);
  }

  private record TcpListener(Channel channel, InetAddress ip) implements Listener {
    /** The system may show the wildcard of IPv4 as that of IPv6, at which it listens too. */
    @Override
    public Multiaddr address() {
      int port = ((InetSocketAddress) channel.localAddress()).getPort();
      return Multiaddr.tcp(ip.getAddress(), port);
    }

    @Override
    public void close() {
      channel.close();
    }
  }
}

package io.defradb.libp2p.transport.tcp;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.address.Multiaddr;
import io.defradb.libp2p.transport.EventLoop;
import io.defradb.libp2p.transport.Pipe;
import io.defradb.libp2p.transport.PipeInput;
import io.defradb.libp2p.transport.PipeReader;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A TCP connection as a pipe. */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel, seen there
final class TcpPipe extends ChannelInboundHandlerAdapter implements Pipe {
  private static final Logger LOG = LoggerFactory.getLogger("net");

  private final Channel channel;
  private final EventLoop loop;
  private final PipeInput input = new PipeInput();
  private final Multiaddr local;
  private final Multiaddr remote;
  private boolean isClosed;

  /** {@code channel}: connected. */
  TcpPipe(Channel channel) {
    this.channel = channel;
    this.loop = new TcpLoop(channel.eventLoop());
    this.local = address((InetSocketAddress) channel.localAddress());
    this.remote = address((InetSocketAddress) channel.remoteAddress());
  }

  static Multiaddr address(InetSocketAddress address) {
    return Multiaddr.tcp(address.getAddress().getAddress(), address.getPort());
  }

  @Override
  public EventLoop loop() {
    return loop;
  }

  @Override
  public Multiaddr localAddress() {
    return local;
  }

  @Override
  public Multiaddr remoteAddress() {
    return remote;
  }

  @Override
  public void read(PipeReader reader) {
    input.read(reader);
  }

  @Override
  public void write(byte[] array, int from, int length) {
    if (!isClosed) {
      ByteBuf copy = channel.alloc().ioBuffer(length);
      copy.writeBytes(array, from, length);
      channel.write(copy);
    }
  }

  @Override
  public void flush() {
    channel.flush();
  }

  @Override
  public boolean isWritable() {
    return channel.isWritable();
  }

  @Override
  public void close() {
    if (!isClosed) {
      isClosed = true;
      input.close();
      channel.writeAndFlush(channel.alloc().buffer(0, 0)).addListener(ChannelFutureListener.CLOSE);
    }
  }

  private void end(DefraException cause) {
    if (!isClosed) {
      isClosed = true;
      input.end(cause);
    }
    channel.close();
  }

  // What Netty calls.

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var bytes = (ByteBuf) message;
    try {
      if (!isClosed) {
        input.offer(inArray(bytes));
      }
    } catch (DefraException fault) {
      end(fault);
    } catch (RuntimeException fault) {
      LOG.atError().addKeyValue("Address", remote).setCause(fault).log("A connection failed");
      end(new DefraException(ErrorCode.INTERNAL, "the connection failed", fault));
    } finally {
      bytes.release();
    }
  }

  private static ByteBuffer inArray(ByteBuf bytes) {
    if (bytes.hasArray()) {
      return ByteBuffer.wrap(
          bytes.array(), bytes.arrayOffset() + bytes.readerIndex(), bytes.readableBytes());
    }
    byte[] copy = new byte[bytes.readableBytes()];
    bytes.readBytes(copy);
    return ByteBuffer.wrap(copy);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (channel.isWritable() && !isClosed) {
      input.writable();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    end(new DefraException(ErrorCode.PEER_CLOSED, "the connection was closed by the peer"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    end(new DefraException(ErrorCode.PEER_CLOSED, "the connection broke", cause));
  }
}

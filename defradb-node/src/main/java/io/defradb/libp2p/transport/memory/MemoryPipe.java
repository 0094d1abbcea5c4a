package io.defradb.libp2p.transport.memory;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.address.Multiaddr;
import io.defradb.libp2p.transport.EventLoop;
import io.defradb.libp2p.transport.Pipe;
import io.defradb.libp2p.transport.PipeInput;
import io.defradb.libp2p.transport.PipeReader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;

/** One end of a pipe of a {@link MemoryNetwork}. */
final class MemoryPipe implements Pipe {
  private static final int UNDERWAY_BYTES_MAX = 256 * 1024;

  private final MemoryNetwork network;
  private final String local;
  private final String remote;
  private final PipeInput input = new PipeInput();
  private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();
  private MemoryPipe other = this;
  private long arrivalNanos;
  private int underwayBytes;
  private boolean isClosed;
  private boolean hasLost;

  private MemoryPipe(MemoryNetwork network, String local, String remote) {
    this.network = network;
    this.local = local;
    this.remote = remote;
  }

  /** The end at {@code near}, of two. */
  static MemoryPipe pair(MemoryNetwork network, String near, String far) {
    var one = new MemoryPipe(network, near, far);
    one.other = new MemoryPipe(network, far, near);
    one.other.other = one;
    return one;
  }

  MemoryPipe other() {
    return other;
  }

  boolean isOf(String name) {
    return local.equals(name) || remote.equals(name);
  }

  boolean isBetween(String one, String two) {
    return isOf(one) && isOf(two);
  }

  boolean hasLost() {
    return hasLost || other.hasLost;
  }

  @Override
  public EventLoop loop() {
    return network.schedule();
  }

  @Override
  public Multiaddr localAddress() {
    return MemoryNetwork.address(local);
  }

  @Override
  public Multiaddr remoteAddress() {
    return MemoryNetwork.address(remote);
  }

  @Override
  public void read(PipeReader reader) {
    input.read(reader);
  }

  @Override
  public void write(byte[] array, int from, int length) {
    if (!isClosed) {
      unsent.write(array, from, length);
    }
  }

  @Override
  public void flush() {
    if (isClosed || unsent.size() == 0) {
      return;
    }
    byte[] bytes = unsent.toByteArray();
    unsent.reset();
    if (network.areParted(local, remote) || hasLost) {
      hasLost = true; // and nothing behind it may arrive
      return;
    }
    underwayBytes += bytes.length;
    arrive(() -> deliver(bytes));
  }

  /** In order: never before what was sent before. */
  private void arrive(Runnable arrival) {
    long now = loop().nanoTime();
    arrivalNanos = Math.max(arrivalNanos, now + network.delayNanos());
    loop().schedule(Duration.ofNanos(arrivalNanos - now), arrival);
  }

  private void deliver(byte[] bytes) {
    boolean wasFull = !isWritable();
    underwayBytes -= bytes.length;
    try {
      other.input.offer(ByteBuffer.wrap(bytes));
    } catch (DefraException fault) {
      other.input.end(fault);
      other.close();
    }
    if (wasFull && isWritable() && !isClosed) {
      input.writable();
    }
  }

  @Override
  public boolean isWritable() {
    return underwayBytes + unsent.size() < UNDERWAY_BYTES_MAX;
  }

  @Override
  public void close() {
    if (isClosed) {
      return;
    }
    flush();
    isClosed = true;
    input.close();
    network.remove(this);
    if (!hasLost && !network.areParted(local, remote)) {
      arrive(() -> other.ended("the connection was closed by the peer"));
    }
  }

  /** Both ends see the end now. */
  void cut() {
    ended("the connection was cut");
    other.ended("the connection was cut");
  }

  private void ended(String text) {
    if (isClosed) {
      return;
    }
    isClosed = true;
    network.remove(this);
    input.end(new DefraException(ErrorCode.PEER_CLOSED, text));
  }
}

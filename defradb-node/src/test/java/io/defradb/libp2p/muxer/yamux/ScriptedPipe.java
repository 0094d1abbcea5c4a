package io.defradb.libp2p.muxer.yamux;

import io.defradb.libp2p.address.Multiaddr;
import io.defradb.libp2p.transport.EventLoop;
import io.defradb.libp2p.transport.Pipe;
import io.defradb.libp2p.transport.PipeInput;
import io.defradb.libp2p.transport.PipeReader;
import io.defradb.libp2p.transport.memory.MemoryNetwork;
import io.defradb.libp2p.transport.memory.Schedule;
import io.defradb.multiformats.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One end of a pipe whose other end is the test. */
final class ScriptedPipe implements Pipe {
  private final Schedule schedule = new Schedule();
  private final PipeInput input = new PipeInput();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private boolean isWritable = true;
  private boolean isClosed;

  /** What the other side sends; then everything runs that is due. */
  void receive(byte[] bytes) {
    input.offer(ByteBuffer.wrap(bytes));
    settle();
  }

  void receive(YamuxFrame head) {
    receive(head.toBytes());
  }

  void settle() {
    schedule.runFor(Duration.ZERO);
  }

  void pass(Duration span) {
    schedule.runFor(span);
  }

  /** The heads that were written since the last call; payloads are left out. */
  List<String> takeHeads() {
    settle();
    var in = ByteBuffer.wrap(written.toByteArray());
    written.reset();
    List<String> heads = new ArrayList<>();
    while (in.hasRemaining()) {
      YamuxFrame frame = YamuxFrame.read(in);
      heads.add(Bytes.wrap(frame.toBytes()).toHex());
      if (frame.type() == YamuxFrame.FrameType.DATA) {
        in.position(in.position() + (int) frame.length());
      }
    }
    return heads;
  }

  void setWritable(boolean writable) {
    isWritable = writable;
    if (writable) {
      input.writable();
    }
  }

  boolean isClosed() {
    return isClosed;
  }

  @Override
  public EventLoop loop() {
    return schedule;
  }

  @Override
  public Multiaddr localAddress() {
    return MemoryNetwork.address("here");
  }

  @Override
  public Multiaddr remoteAddress() {
    return MemoryNetwork.address("there");
  }

  @Override
  public void read(PipeReader reader) {
    input.read(reader);
  }

  @Override
  public void write(byte[] array, int from, int length) {
    written.write(array, from, length);
  }

  @Override
  public void flush() {}

  @Override
  public boolean isWritable() {
    return isWritable;
  }

  @Override
  public void close() {
    isClosed = true;
    input.close();
  }
}

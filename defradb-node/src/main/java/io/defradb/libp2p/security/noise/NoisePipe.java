package io.defradb.libp2p.security.noise;

import io.defradb.crypto.ChaChaPoly;
import io.defradb.libp2p.security.LayeredPipe;
import io.defradb.libp2p.transport.Pipe;
import java.nio.ByteBuffer;

/**
 * Bytes in messages of at most 65535 bytes with their tag, the length in front, 2 bytes,
 * big-endian. Small writes are gathered until they are flushed.
 */
final class NoisePipe extends LayeredPipe {
  static final int LENGTH_BYTES = 2;
  static final int MESSAGE_BYTES_MAX = 65_535;
  private static final int PLAIN_BYTES_MAX = MESSAGE_BYTES_MAX - ChaChaPoly.TAG_BYTES;

  private final CipherState sending;
  private final CipherState receiving;
  private final NoiseBuffers buffers;
  private byte[] gathered = {};
  private int gatheredBytes;

  NoisePipe(Pipe below, CipherState sending, CipherState receiving, NoiseBuffers buffers) {
    super(below);
    this.sending = sending;
    this.receiving = receiving;
    this.buffers = buffers;
  }

  @Override
  public void write(byte[] array, int from, int length) {
    int at = from;
    int left = length;
    while (left > 0) {
      if (gatheredBytes == 0 && left >= PLAIN_BYTES_MAX) {
        send(array, at, PLAIN_BYTES_MAX);
        at += PLAIN_BYTES_MAX;
        left -= PLAIN_BYTES_MAX;
        continue;
      }
      if (gatheredBytes == 0) {
        gathered = buffers.plain();
      }
      int count = Math.min(left, PLAIN_BYTES_MAX - gatheredBytes);
      System.arraycopy(array, at, gathered, gatheredBytes, count);
      gatheredBytes += count;
      at += count;
      left -= count;
      if (gatheredBytes == PLAIN_BYTES_MAX) {
        sendGathered();
      }
    }
  }

  private void sendGathered() {
    if (gatheredBytes > 0) {
      send(gathered, 0, gatheredBytes);
      gatheredBytes = 0;
      buffers.release(gathered);
      gathered = new byte[0];
    }
  }

  private void send(byte[] plain, int from, int length) {
    int sealedBytes = length + ChaChaPoly.TAG_BYTES;
    byte[] message = buffers.sealed();
    message[0] = (byte) (sealedBytes >> 8);
    message[1] = (byte) sealedBytes;
    sending.seal(CipherState.NO_DATA, plain, from, length, message, LENGTH_BYTES);
    below.write(message, 0, LENGTH_BYTES + sealedBytes);
    buffers.release(message);
  }

  @Override
  public void flush() {
    sendGathered();
    below.flush();
  }

  @Override
  public void data(ByteBuffer in) {
    while (in.remaining() >= LENGTH_BYTES) {
      int sealedBytes = in.getShort(in.position()) & 0xffff;
      if (in.remaining() < LENGTH_BYTES + sealedBytes) {
        return;
      }
      int from = in.arrayOffset() + in.position() + LENGTH_BYTES;
      in.position(in.position() + LENGTH_BYTES + sealedBytes);
      byte[] plain = buffers.plain();
      receiving.open(CipherState.NO_DATA, in.array(), from, sealedBytes, plain, 0);
      input.offer(ByteBuffer.wrap(plain, 0, sealedBytes - ChaChaPoly.TAG_BYTES));
      buffers.release(plain);
    }
  }
}

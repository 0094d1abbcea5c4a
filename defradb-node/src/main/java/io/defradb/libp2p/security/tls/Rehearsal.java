package io.defradb.libp2p.security.tls;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** A handshake of two engines in memory, for what the JDK does at the first one only. */
final class Rehearsal {
  private static final int STEPS_MAX = 100;

  private final SSLEngine engine;
  private final ByteBuffer out;
  private final ByteBuffer app;

  private Rehearsal(SSLEngine engine) {
    this.engine = engine;
    int packet = engine.getSession().getPacketBufferSize();
    this.out = ByteBuffer.allocate(2 * packet);
    this.app = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
  }

  static void run(SSLEngine dialler, SSLEngine listener) {
    var one = new Rehearsal(dialler);
    var two = new Rehearsal(listener);
    try {
      dialler.beginHandshake();
      listener.beginHandshake();
      for (int step = 0; step < STEPS_MAX; step++) {
        boolean isDone = one.step(two.out);
        if (two.step(one.out) && isDone) {
          return;
        }
      }
    } catch (SSLException e) {
      throw new DefraException(ErrorCode.INTERNAL, "TLS does not agree with itself", e);
    }
    throw new DefraException(ErrorCode.INTERNAL, "TLS does not come to an end with itself");
  }

  /** Does what is next, if it can be done; whether nothing is left to do. */
  private boolean step(ByteBuffer in) throws SSLException {
    HandshakeStatus status = engine.getHandshakeStatus();
    switch (status) {
      case NEED_TASK -> {
        for (Runnable task = engine.getDelegatedTask();
            task != null;
            task = engine.getDelegatedTask()) {
          task.run();
        }
      }
      case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out);
      case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
        in.flip();
        engine.unwrap(in, app);
        in.compact();
      }
      case FINISHED, NOT_HANDSHAKING -> {
        return true;
      }
    }
    return false;
  }
}

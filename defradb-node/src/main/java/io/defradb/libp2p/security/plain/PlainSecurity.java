package io.defradb.libp2p.security.plain;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.security.Security;
import io.defradb.libp2p.transport.Pipe;
import io.defradb.libp2p.transport.PipeReader;
import io.defradb.multiformats.Bytes;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Each side sends its id, one byte of length in front. For tests only. */
public record PlainSecurity(PeerId self) implements Security {
  @Override
  public String protocol() {
    return "/defra-plain/1.0.0";
  }

  @Override
  public CompletionStage<Secured> secure(
      Pipe pipe, boolean isDialer, @Nullable PeerId expected, List<String> muxers) {
    var done = new CompletableFuture<Secured>();
    byte[] id = self.bytes().unsafeArray();
    pipe.write(new byte[] {(byte) id.length}, 0, 1);
    pipe.write(id, 0, id.length);
    pipe.flush();
    pipe.read(
        new PipeReader() {
          @Override
          public void data(ByteBuffer in) {
            if (in.remaining() <= in.get(in.position())) {
              return;
            }
            byte[] remote = new byte[in.get()];
            in.get(remote);
            var peer = new PeerId(Bytes.wrap(remote));
            if (expected != null && !expected.equals(peer)) {
              done.completeExceptionally(
                  new DefraException(ErrorCode.PEER_FAULT, "peer id mismatch"));
            } else {
              done.complete(new Secured(pipe, peer, null));
            }
          }

          @Override
          public void closed(DefraException cause) {
            done.completeExceptionally(cause);
          }
        });
    return done;
  }
}

package io.defradb.libp2p.host;

import io.defradb.error.DefraException;
import io.defradb.libp2p.multistream.Negotiation;
import io.defradb.libp2p.multistream.Proposal;
import io.defradb.libp2p.transport.Pipe;
import io.defradb.libp2p.transport.PipeReader;
import io.defradb.multiformats.Bytes;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Agrees on a protocol over a pipe; whoever goes on sets the pipe's reader when this completes. */
final class PipeNegotiation implements PipeReader {
  private final Pipe pipe;
  private final Negotiation negotiation;
  private final CompletableFuture<String> agreed = new CompletableFuture<>();

  private PipeNegotiation(Pipe pipe, Negotiation negotiation) {
    this.pipe = pipe;
    this.negotiation = negotiation;
  }

  static CompletionStage<String> run(Pipe pipe, Negotiation negotiation) {
    var run = new PipeNegotiation(pipe, negotiation);
    if (negotiation instanceof Proposal proposal) {
      run.send(proposal.opening());
      pipe.flush();
    }
    pipe.read(run);
    return run.agreed;
  }

  private void send(Bytes lines) {
    pipe.write(lines.unsafeArray(), 0, lines.length());
  }

  @Override
  public void data(ByteBuffer in) {
    if (agreed.isDone()) {
      return;
    }
    try {
      negotiation.feed(in, this::send);
      pipe.flush();
    } catch (DefraException fault) {
      agreed.completeExceptionally(fault);
      return;
    }
    String protocol = negotiation.agreed();
    if (protocol != null) {
      agreed.complete(protocol);
    }
  }

  @Override
  public void closed(DefraException cause) {
    agreed.completeExceptionally(cause);
  }
}

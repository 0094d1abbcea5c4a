package io.defradb.libp2p.multistream;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One side of a negotiation: {@link Proposal} of who opens, {@link Response} of who is asked. Fed
 * what the other side sends, it says what to send back, and takes not a byte more than it needs:
 * what stands behind an agreement belongs to the protocol agreed on.
 */
public abstract sealed class Negotiation permits Proposal, Response {
  static final String HEADER = "/multistream/1.0.0";
  static final String REFUSED = "na";

  private boolean hasHeader;
  private @Nullable String agreed;

  Negotiation() {}

  /** What was agreed on; {@code null} while there is no agreement. */
  public final @Nullable String agreed() {
    return agreed;
  }

  final void agreeOn(String protocol) {
    agreed = protocol;
  }

  /**
   * Takes whole lines from {@code in} until there is an agreement or no whole line, and gives
   * {@code out} what is to be sent. Throws {@code PEER_FAULT} for lines that are none, {@code
   * PROTOCOL_NOT_SPOKEN} when no agreement is possible any more.
   */
  public final void feed(ByteBuffer in, Consumer<Bytes> out) {
    while (agreed == null) {
      String line = Line.read(in);
      if (line == null) {
        return;
      }
      if (hasHeader) {
        answer(line, out);
      } else if (line.equals(HEADER)) {
        hasHeader = true;
        header(out);
      } else {
        throw new DefraException(
            ErrorCode.PEER_FAULT, "the other side does not speak multistream-select 1.0.0");
      }
    }
  }

  /** The header came. */
  abstract void header(Consumer<Bytes> out);

  /** A line behind the header came. */
  abstract void answer(String line, Consumer<Bytes> out);
}

package io.defradb.libp2p.multistream;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The side that is asked: repeats the first protocol that it speaks, refuses what comes before. */
public final class Response extends Negotiation {
  /** Proposals that are refused before the other side is given up. */
  public static final int PROPOSALS_MAX = 64;

  private final Predicate<String> isSpoken;
  private int refused;

  public Response(Predicate<String> isSpoken) {
    this.isSpoken = isSpoken;
  }

  @Override
  void header(Consumer<Bytes> out) {
    out.accept(Line.write(HEADER));
  }

  @Override
  void answer(String line, Consumer<Bytes> out) {
    if (isSpoken.test(line)) {
      agreeOn(line);
      out.accept(Line.write(line));
    } else if (++refused > PROPOSALS_MAX) {
      throw new DefraException(ErrorCode.PROTOCOL_NOT_SPOKEN, "too many protocols proposed");
    } else {
      out.accept(Line.write(REFUSED));
    }
  }
}

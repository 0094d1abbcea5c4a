package io.defradb.db.log;

import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;

/**
 * Two commits that did not know of each other wrote one field, and only one value could stay.
 *
 * @param field empty: an older store noted no more than the winner
 * @param isWon this entry's commit wrote the value that stays; else the other one did
 * @param other the other commit
 * @param lost value CBOR of what is no longer seen; CBOR null clears the field
 */
public record Conflict(String field, boolean isWon, Cid other, Bytes lost) {
  static final Bytes NOT_NOTED = Bytes.hex("f6");

  static Conflict ofWinner(Cid winner) {
    return new Conflict("", false, winner, NOT_NOTED);
  }
}

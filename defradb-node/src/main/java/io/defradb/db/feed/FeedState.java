package io.defradb.db.feed;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.storage.Column;
import io.defradb.storage.KeyValueStore;
import io.defradb.storage.KeyValueStore.Durability;
import io.defradb.storage.Snapshot;
import io.defradb.storage.WriteBatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The identity of the feed and how far its images were removed, as the store keeps them. Safe for
 * use by many threads.
 *
 * <p>A number means something only together with the {@code feedId}. There is a new one in a new
 * store, after {@link #renew} (purge, restore), and after an unclean stop followed by a reboot when
 * writes were not synced: numbers may then have been lost, and would be given out again.
 *
 * <pre>
 * feed: 01 -> 01 feedId, bootId (texts), isSynced(1), isClean(1): of the last run
 *       02 -> images removed up to: seq(8)
 * </pre>
 */
public final class FeedState implements AutoCloseable {
  /** Where the state is stored; the store below must have it. */
  public static final Column COLUMN = new Column("feed", 202, Column.Access.POINT);

  private static final byte[] IDENTITY_KEY = {1};
  private static final byte[] IMAGES_KEY = {2};
  private static final int VERSION = 1;
  private static final int ID_BYTES = 16;

  private final KeyValueStore store;
  private final boolean isSynced;
  private final String bootId;
  private final Random random;
  private volatile String feedId;
  private volatile long imagesRemovedUpTo;

  private record Identity(String feedId, String bootId, boolean isSynced, boolean isClean) {}

  private FeedState(
      KeyValueStore store,
      boolean isSynced,
      String bootId,
      Random random,
      String feedId,
      long imagesRemovedUpTo) {
    this.store = store;
    this.isSynced = isSynced;
    this.bootId = bootId;
    this.random = random;
    this.feedId = feedId;
    this.imagesRemovedUpTo = imagesRemovedUpTo;
  }

  /**
   * Reads the state, or makes it.
   *
   * @param bootId what changes with every start of the machine; empty when it cannot be known, and
   *     then every unclean stop counts as one with a reboot
   * @param durability of the commits of this run: SYNC loses no number
   */
  public static FeedState open(
      KeyValueStore store, Durability durability, String bootId, Random random) {
    Identity last;
    long removed;
    try (Snapshot snapshot = store.snapshot()) {
      last = decode(snapshot.get(COLUMN, IDENTITY_KEY));
      byte[] images = snapshot.get(COLUMN, IMAGES_KEY);
      removed = images == null ? 0 : ByteBuffer.wrap(images).getLong();
    }
    boolean isKnown =
        last != null
            && (last.isClean || last.isSynced || !bootId.isEmpty() && last.bootId.equals(bootId));
    var state =
        new FeedState(
            store,
            durability == Durability.SYNC,
            bootId,
            random,
            last != null && isKnown ? last.feedId : newId(random),
            removed);
    state.write(false);
    return state;
  }

  public String feedId() {
    return feedId;
  }

  /** Entries up to this one have no images any more. */
  public long imagesRemovedUpTo() {
    return imagesRemovedUpTo;
  }

  /** The numbers begin anew, or mean something else: after a purge or a restore. */
  public synchronized void renew() {
    feedId = newId(random);
    imagesRemovedUpTo = 0;
    store.write(new WriteBatch().delete(COLUMN, IMAGES_KEY), Durability.OS);
    write(false);
  }

  /** Notes it in {@code batch}; call {@link #imagesAreRemoved} when that is written. */
  void noteRemoval(WriteBatch batch, long upTo) {
    batch.put(COLUMN, IMAGES_KEY, ByteBuffer.allocate(Long.BYTES).putLong(upTo).array());
  }

  void imagesAreRemoved(long upTo) {
    imagesRemovedUpTo = upTo;
  }

  /** The store is stopped in order: call after the last commit, before the store is closed. */
  @Override
  public synchronized void close() {
    write(true);
  }

  /** Synced, so that a power cut cannot leave the mark of an earlier clean stop. */
  private void write(boolean isClean) {
    byte[] value = encode(new Identity(feedId, bootId, isSynced, isClean));
    store.write(new WriteBatch().put(COLUMN, IDENTITY_KEY, value), Durability.SYNC);
  }

  private static String newId(Random random) {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  private static byte[] encode(Identity identity) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeUTF(identity.feedId);
      out.writeUTF(identity.bootId);
      out.writeBoolean(identity.isSynced);
      out.writeBoolean(identity.isClean);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static @Nullable Identity decode(byte @Nullable [] value) {
    if (value == null) {
      return null;
    }
    try (var in = new DataInputStream(new ByteArrayInputStream(value))) {
      if (in.readByte() != VERSION) {
        throw new DefraException(ErrorCode.CORRUPT, "feed state has an unknown version");
      }
      return new Identity(in.readUTF(), in.readUTF(), in.readBoolean(), in.readBoolean());
    } catch (IOException e) {
      throw new DefraException(ErrorCode.CORRUPT, "feed state is cut off", e);
    }
  }
}

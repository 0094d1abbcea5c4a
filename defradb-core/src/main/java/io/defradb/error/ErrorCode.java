package io.defradb.error;

/**
 * Stable names of what can go wrong: logged, counted, answered over HTTP. Added, never renamed or
 * reused.
 *
 * <p>A code says which kind of failure it is; the text that a user reads is the exception's,
 * because one code can have several texts.
 */
public enum ErrorCode {
  // Not there, or not visible to the asker.
  COLLECTION_NOT_FOUND(Category.NOT_FOUND),
  DOCUMENT_NOT_FOUND(Category.NOT_FOUND),
  SCHEMA_NOT_FOUND(Category.NOT_FOUND),
  INDEX_NOT_FOUND(Category.NOT_FOUND),
  TXN_NOT_FOUND(Category.NOT_FOUND),
  BLOCK_NOT_FOUND(Category.NOT_FOUND),
  KEY_NOT_FOUND(Category.NOT_FOUND),

  // The request itself is wrong; the same request fails again.
  INVALID_ARGUMENT(Category.INVALID),
  INVALID_JSON(Category.INVALID),
  INVALID_CBOR(Category.INVALID),
  INVALID_CID(Category.INVALID),
  INVALID_DOC_ID(Category.INVALID),
  INVALID_VALUE(Category.INVALID),
  INVALID_SCHEMA(Category.INVALID),
  INVALID_PATCH(Category.INVALID),
  INVALID_REQUEST(Category.INVALID),
  INVALID_INDEX(Category.INVALID),
  INVALID_CONFIG(Category.INVALID),
  INVALID_KEY(Category.INVALID),
  FIELD_NOT_FOUND(Category.INVALID),
  UNSUPPORTED(Category.INVALID),
  READ_ONLY_TXN(Category.INVALID),

  // The request is right, the data stand against it.
  DOCUMENT_EXISTS(Category.REFUSED),
  DOCUMENT_DELETED(Category.REFUSED),
  KEY_DELETED(Category.REFUSED),
  UNIQUE_VIOLATION(Category.REFUSED),
  NEGATIVE_COUNTER(Category.REFUSED),
  POSITION_MISMATCH(Category.REFUSED),
  FEED_GONE(Category.GONE),
  FORBIDDEN(Category.FORBIDDEN),
  TOO_LARGE(Category.TOO_LARGE),

  // Try again.
  TXN_CONFLICT(Category.RETRY),
  BUSY(Category.RETRY),
  UNAVAILABLE(Category.RETRY),

  // Another node's doing, or the network's.
  PEER_UNREACHABLE(Category.RETRY),
  PEER_TIMEOUT(Category.RETRY),
  PEER_CLOSED(Category.RETRY),
  STREAM_RESET(Category.RETRY),
  PROTOCOL_NOT_SPOKEN(Category.REFUSED),
  PEER_FAULT(Category.REFUSED),

  // Not the asker's doing.
  STORAGE_FULL(Category.INTERNAL),
  STORAGE_FAILED(Category.INTERNAL),
  STORAGE_LOCKED(Category.INTERNAL),
  CORRUPT(Category.INTERNAL),
  BLOCK_CID_MISMATCH(Category.INTERNAL),
  SIGNATURE_INVALID(Category.INVALID),
  DECRYPTION_FAILED(Category.INTERNAL),
  ENCRYPTION_KEY_MISMATCH(Category.INTERNAL),
  ADDRESS_IN_USE(Category.INTERNAL),
  INTERNAL(Category.INTERNAL);

  /** What the asker can do about it; every door translates this, never the single code. */
  public enum Category {
    NOT_FOUND,
    INVALID,
    REFUSED,
    GONE,
    FORBIDDEN,
    TOO_LARGE,
    RETRY,
    INTERNAL
  }

  private final Category category;

  ErrorCode(Category category) {
    this.category = category;
  }

  public Category category() {
    return category;
  }
}

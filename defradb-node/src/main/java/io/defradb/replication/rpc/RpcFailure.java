package io.defradb.replication.rpc;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;

/** The called peer answered with a status other than 0. */
public final class RpcFailure extends DefraException {
  private static final long serialVersionUID = 1L;

  private final int status;

  RpcFailure(int status, String message) {
    super(ErrorCode.PEER_FAULT, "rpc error: " + message, "Status", status);
    this.status = status;
  }

  /** Of gRPC: 2 the handler failed, 12 no such method. */
  public int status() {
    return status;
  }
}

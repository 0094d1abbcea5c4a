package io.defradb.http.endpoint.p2p;

import io.defradb.http.Answer;
import io.defradb.http.HttpCall;
import io.defradb.http.Operation;
import io.defradb.replication.Replication;

/** An operation and how it is answered by a node that has a network. */
record Route(Operation operation, Handler handler) {
  interface Handler {
    Answer answer(Replication replication, HttpCall call);
  }
}

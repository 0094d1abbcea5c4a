package io.defradb.replication.rpc;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.host.Host;
import io.defradb.libp2p.host.Stream;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Bytes;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Answers calls of peers; each stream is served on its own event loop. */
public final class RpcServer {
  /** The protocol of the stream that carries calls. */
  public static final String PROTOCOL = "/defra/0.0.1";

  static final String SERVICE = "/defradb.net.Service/";
  static final String CONTENT_TYPE = "application/grpc+cbor";
  private static final int UNKNOWN = 2;
  private static final int UNIMPLEMENTED = 12;

  /** Streams that are served: of all peers, and of one. */
  private static final int SESSIONS_MAX = 512;

  private static final int SESSIONS_OF_PEER_MAX = 8;

  private final Map<String, RpcHandler> handlers;
  private final Map<PeerId, Integer> sessions = new HashMap<>();
  private int sessionCount;

  private RpcServer(Map<String, RpcHandler> handlers) {
    this.handlers = Map.copyOf(handlers);
  }

  /** Serves from now on. {@code handlers}: by the name of the method. */
  public static void register(Host host, Map<String, RpcHandler> handlers) {
    var server = new RpcServer(handlers);
    host.handle(List.of(PROTOCOL), server::serve);
  }

  private void serve(Stream stream) {
    if (!enter(stream.remotePeer())) {
      throw new DefraException(ErrorCode.BUSY, "too many streams of calls");
    }
    stream.read(new Session(stream).engine);
  }

  private boolean enter(PeerId peer) {
    synchronized (sessions) {
      int ofPeer = sessions.getOrDefault(peer, 0);
      if (sessionCount >= SESSIONS_MAX || ofPeer >= SESSIONS_OF_PEER_MAX) {
        return false;
      }
      sessionCount++;
      sessions.put(peer, ofPeer + 1);
      return true;
    }
  }

  private void leave(PeerId peer) {
    synchronized (sessions) {
      sessionCount--;
      sessions.computeIfPresent(peer, (any, count) -> count == 1 ? null : count - 1);
    }
  }

  /** The calls of one stream. */
  private final class Session implements Http2Engine.Calls {
    private final Stream stream;
    private final Http2Engine engine;
    private final Map<Http2FrameStream, Call> open = new HashMap<>();
    private int requestBytes;

    /** A request that is coming in or being answered. */
    private record Call(String path, GrpcMessage request) {}

    Session(Stream stream) {
      this.stream = stream;
      this.engine = Http2Engine.server(stream, this);
    }

    @Override
    public void headers(Http2FrameStream exchange, Http2Headers headers, boolean isEnd) {
      CharSequence path = headers.path();
      var call = new Call(path == null ? "" : path.toString(), new GrpcMessage());
      open.put(exchange, call);
      if (!call.path.startsWith(SERVICE) || handler(call) == null) {
        refuse(
            exchange,
            UNIMPLEMENTED,
            "unknown method " + name(call) + " for service defradb.net.Service");
      } else if (isEnd) {
        refuse(exchange, UNKNOWN, "a request without a message");
      }
    }

    private @Nullable RpcHandler handler(Call call) {
      return handlers.get(name(call));
    }

    private static String name(Call call) {
      return call.path.substring(call.path.lastIndexOf('/') + 1);
    }

    @Override
    public void data(Http2FrameStream exchange, byte[] bytes, boolean isEnd) {
      Call call = open.get(exchange);
      if (call == null) {
        return;
      }
      try {
        call.request.add(bytes);
        requestBytes += bytes.length;
        stream.hold(requestBytes);
        if (isEnd) {
          answer(exchange, call);
        }
      } catch (DefraException e) {
        refuse(exchange, UNKNOWN, e.getMessage());
      }
    }

    private void answer(Http2FrameStream call, Call received) {
      RpcHandler handler = handler(received);
      if (handler == null) {
        return;
      }
      handler
          .answer(stream.remotePeer(), received.request.whole())
          .whenComplete((reply, failure) -> stream.execute(() -> finish(call, reply, failure)));
    }

    private void finish(Http2FrameStream call, @Nullable Bytes reply, @Nullable Throwable failure) {
      if (!open.containsKey(call)) {
        return;
      }
      if (reply == null) {
        Throwable cause =
            failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
        String text = cause == null ? null : cause.getMessage();
        refuse(call, UNKNOWN, text == null ? "internal error" : text);
        return;
      }
      remove(call);
      engine.headers(call, responseHeaders(), false);
      engine.data(call, GrpcMessage.frame(reply), false);
      engine.headers(
          call, new DefaultHttp2Headers().add("grpc-status", "0").add("grpc-message", ""), true);
    }

    private void refuse(Http2FrameStream call, int status, String message) {
      remove(call);
      engine.headers(
          call,
          responseHeaders()
              .add("grpc-status", Integer.toString(status))
              .add("grpc-message", PercentText.encode(message)),
          true);
    }

    private static Http2Headers responseHeaders() {
      return new DefaultHttp2Headers().status("200").add("content-type", CONTENT_TYPE);
    }

    private void remove(Http2FrameStream call) {
      Call removed = open.remove(call);
      if (removed != null) {
        requestBytes -= removed.request.length();
        stream.hold(requestBytes);
      }
    }

    @Override
    public void reset(Http2FrameStream call) {
      remove(call);
    }

    @Override
    public void closed(DefraException failure) {
      open.clear();
      leave(stream.remotePeer());
    }
  }
}

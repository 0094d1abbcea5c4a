package io.defradb.http;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The first handler of a TLS listener: sees whether the client speaks TLS at all, and tells it when
 * it does not.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel, seen there
final class TlsDoor extends ByteToMessageDecoder {
  private static final int RECORD_HEADER_BYTES = 5;
  private static final byte[] PLAIN_ANSWER =
      "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n"
          .getBytes(StandardCharsets.US_ASCII);

  private static final List<String> CIPHERS =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  private final SslContext context;

  TlsDoor(SslContext context) {
    this.context = context;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (in.readableBytes() < RECORD_HEADER_BYTES) {
      return;
    }
    if (SslHandler.isEncrypted(in, false)) {
      ctx.pipeline().replace(this, "tls", context.newHandler(ctx.alloc()));
    } else {
      in.skipBytes(in.readableBytes());
      ctx.writeAndFlush(Unpooled.wrappedBuffer(PLAIN_ANSWER))
          .addListener(ChannelFutureListener.CLOSE);
    }
  }

  /**
   * Reads both files.
   *
   * @throws DefraException INVALID_CONFIG when a file is missing or is not what it should be
   */
  static SslContext context(HttpSettings.Tls files) {
    byte[] first = read(files.first());
    byte[] second = read(files.second());
    boolean isSwapped = isKey(first) && !isKey(second);
    try {
      return SslContextBuilder.forServer(
              new ByteArrayInputStream(isSwapped ? second : first),
              new ByteArrayInputStream(PemKey.asPkcs8(isSwapped ? first : second)))
          .protocols("TLSv1.3", "TLSv1.2")
          .ciphers(CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
          .build();
    } catch (IOException | IllegalArgumentException unusable) {
      throw new DefraException(
          ErrorCode.INVALID_CONFIG,
          "cannot use the TLS certificate and key. Certificate: "
              + (isSwapped ? files.second() : files.first())
              + ", Key: "
              + (isSwapped ? files.first() : files.second())
              + ", Reason: "
              + reason(unusable));
    }
  }

  private static String reason(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return String.valueOf(deepest.getMessage());
  }

  private static boolean isKey(byte[] pem) {
    return new String(pem, StandardCharsets.ISO_8859_1).contains("PRIVATE KEY-----");
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException missing) {
      throw new DefraException(
          ErrorCode.INVALID_CONFIG, "open " + file + ": no such file or directory");
    } catch (IOException unreadable) {
      throw new DefraException(
          ErrorCode.INVALID_CONFIG, "open " + file + ": " + unreadable.getMessage());
    }
  }
}

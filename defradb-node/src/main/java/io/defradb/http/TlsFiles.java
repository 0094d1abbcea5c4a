package io.defradb.http;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * What the two PEM files hold at one moment: text by text, so that two readings can be compared.
 *
 * @param certificate the chain, leaf first, as Let's Encrypt's clients write {@code fullchain.pem}
 * @param key the leaf's private key
 * @param names how to call both files in a message
 */
record TlsFiles(String certificate, String key, String names) {

  /**
   * Reads both, and tells them apart by their headings.
   *
   * @throws DefraException INVALID_CONFIG when one can not be read
   */
  static TlsFiles read(HttpSettings.Tls files) {
    String first = text(files.first());
    String second = text(files.second());
    boolean isSwapped = holdsKey(first) && !holdsKey(second);
    return new TlsFiles(
        isSwapped ? second : first,
        isSwapped ? first : second,
        "Certificate: "
            + (isSwapped ? files.second() : files.first())
            + ", Key: "
            + (isSwapped ? files.first() : files.second()));
  }

  private static boolean holdsKey(String pem) {
    return pem.contains("PRIVATE KEY-----");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException missing) {
      throw new DefraException(
          ErrorCode.INVALID_CONFIG, "open " + file + ": no such file or directory");
    } catch (IOException unreadable) {
      throw new DefraException(
          ErrorCode.INVALID_CONFIG, "open " + file + ": " + unreadable.getMessage());
    }
  }
}

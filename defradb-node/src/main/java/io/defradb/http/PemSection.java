package io.defradb.http;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One {@code -----BEGIN title-----} of a PEM file (RFC 7468, with the header lines of RFC 1421 that
 * older key generators write).
 *
 * @param headers lines such as {@code Proc-Type: 4,ENCRYPTED}; empty for most
 * @param der what the section holds
 */
@SuppressWarnings("ArrayRecordComponent") // read once, compared never
record PemSection(String title, String headers, byte[] der) {
  private static final Pattern SECTION =
      Pattern.compile(
          "-----BEGIN ([A-Z0-9 ]+)-----\\s*((?:[A-Za-z-]+:[^\\n]*\\n)*)([^-]*)-----END \\1-----");

  /**
   * In the order of the file; what stands between sections is passed over.
   *
   * @throws IllegalArgumentException a section is not Base64
   */
  static List<PemSection> all(String text) {
    var sections = new ArrayList<PemSection>();
    Matcher matcher = SECTION.matcher(text);
    while (matcher.find()) {
      sections.add(
          new PemSection(
              matcher.group(1),
              matcher.group(2),
              Base64.getMimeDecoder().decode(matcher.group(3).strip())));
    }
    return sections;
  }

  boolean isKey() {
    return title.endsWith("PRIVATE KEY");
  }

  boolean isCertificate() {
    return title.equals("CERTIFICATE");
  }

  boolean isEncrypted() {
    return title.equals("ENCRYPTED PRIVATE KEY") || headers.contains("ENCRYPTED");
  }
}

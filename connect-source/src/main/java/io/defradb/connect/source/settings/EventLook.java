package io.defradb.connect.source.settings;

import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What events look like, beyond their format. Immutable.
 *
 * @param binary how the value of a Blob is sent
 * @param areNamesOfAvro names of schemas keep to what Avro allows
 * @param oversize what becomes of an event that is too great
 * @param areHeadersExtended each record says who has sent it
 */
public record EventLook(
    Binary binary, boolean areNamesOfAvro, boolean areHeadersExtended, Oversize oversize) {
  private static final Pattern FOREIGN_TO_AVRO = Pattern.compile("[^A-Za-z0-9_.]");
  private static final Pattern LEADING_DIGIT = Pattern.compile("(^|\\.)(?=[0-9])");

  /**
   * What becomes of an event that is too great.
   *
   * @param bytesMax of its two images together, about; without a meaning for {@code SEND}
   */
  public record Oversize(Mode mode, long bytesMax) {
    /** {@code CLAIM}: it goes without its greatest values. */
    public enum Mode {
      SEND,
      FAIL,
      CLAIM
    }
  }

  /** Forms of a value that the node writes in hexadecimal. */
  public enum Binary {
    HEX,
    BYTES,
    BASE64,
    BASE64_URL_SAFE;

    /** Text, or an array of bytes. */
    public Object of(String hex) {
      return switch (this) {
        case HEX -> hex;
        case BYTES -> HexFormat.of().parseHex(hex);
        case BASE64 -> Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
        case BASE64_URL_SAFE -> Base64.getUrlEncoder().encodeToString(HexFormat.of().parseHex(hex));
      };
    }
  }

  /** The name that a schema gets in place of {@code name}. */
  public String schemaName(String name) {
    return areNamesOfAvro
        ? LEADING_DIGIT.matcher(FOREIGN_TO_AVRO.matcher(name).replaceAll("_")).replaceAll("$1_")
        : name;
  }
}

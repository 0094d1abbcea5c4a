package io.defradb.quickstart;

import io.defradb.quickstart.server.QuickstartFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The data set, read from the CSV file beside this class: see the README there for its source and
 * licence.
 */
final class Airports {
  private static final String FILE = "/data/airports.csv";
  private static final int COLUMNS = 7;

  private Airports() {}

  static List<Airport> read() {
    try (InputStream file = Airports.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new QuickstartFailure("The data set is missing from the jar: build it again.");
      }
      var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
      lines.readLine(); // the header
      List<Airport> airports = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        airports.add(parse(line));
      }
      return airports;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** RFC 4180 without line breaks inside fields, which this file does not have. */
  static Airport parse(String line) {
    List<String> fields = new ArrayList<>(COLUMNS);
    var field = new StringBuilder();
    boolean isQuoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        boolean isEscaped = isQuoted && i + 1 < line.length() && line.charAt(i + 1) == '"';
        if (isEscaped) {
          field.append('"');
          i++;
        } else {
          isQuoted = !isQuoted;
        }
      } else if (c == ',' && !isQuoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    if (fields.size() != COLUMNS) {
      throw new QuickstartFailure(
          "The data set has a line of " + fields.size() + " fields: " + line);
    }
    return new Airport(
        fields.get(0),
        fields.get(1),
        fields.get(2),
        fields.get(3),
        fields.get(4),
        Double.parseDouble(fields.get(5)),
        Double.parseDouble(fields.get(6)));
  }
}

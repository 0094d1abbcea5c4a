package io.defradb.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AirportsTest {
  @Test
  void givenTheShippedFile_whenRead_thenEveryAirportHasItsOwnKey() {
    List<Airport> airports = Airports.read();
    assertThat(airports).hasSize(3376);
    assertThat(airports.stream().map(Airport::iata).distinct()).hasSize(3376);
  }

  @Test
  void givenAQuotedField_whenParsed_thenItsCommaAndQuotesStay() {
    Airport airport = Airports.parse("35A,\"Union County, \"\"Troy\"\"\",Union,SC,USA,34.5,-81.25");
    assertThat(airport.name()).isEqualTo("Union County, \"Troy\"");
    assertThat(airport.longitude()).isEqualTo(-81.25);
  }
}

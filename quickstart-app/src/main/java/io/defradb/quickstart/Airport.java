package io.defradb.quickstart;

/** One record of the data set; {@code iata} is its business key. */
record Airport(
    String iata,
    String name,
    String city,
    String state,
    String country,
    double latitude,
    double longitude) {

  Airport renamed(String newName) {
    return new Airport(iata, newName, city, state, country, latitude, longitude);
  }
}

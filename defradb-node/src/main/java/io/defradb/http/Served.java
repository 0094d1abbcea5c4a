package io.defradb.http;

/** The house with its routes. */
record Served(House house, Router router) {
  Served(House house) {
    this(house, new Router(house.endpoints()));
  }
}

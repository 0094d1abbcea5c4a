package io.defradb.quickstart.chart;

/** From {@code seconds} on the run did what {@code name} says. */
record RunPhase(double seconds, String name) {}

package io.defradb.http;

/**
 * The request methods that some endpoint answers, in the order in which {@code Allow} lists them.
 */
public enum Method {
  DELETE,
  GET,
  PATCH,
  POST,
  PUT
}

package io.defradb.connect.source.record;

import io.defradb.client.Change;
import org.apache.kafka.connect.data.Struct;

/**
 * What one transaction did to one document: its first entry has the image before, its last the
 * image after.
 *
 * @param op {@code c}, {@code u} or {@code d}
 * @param order counts the changes of one lane in the transaction, from 1
 */
public record DocumentChange(String op, Change<Struct> first, Change<Struct> last, int order) {}

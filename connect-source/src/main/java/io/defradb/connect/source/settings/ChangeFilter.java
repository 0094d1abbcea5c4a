package io.defradb.connect.source.settings;

import java.util.List;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;

/**
 * Which changes are sent, and what of them. Immutable.
 *
 * @param fieldsIncluded {@code field} or {@code Collection.field}; empty: all
 * @param fieldsExcluded the same; empty: none
 * @param docIds empty: all documents
 * @param docIdsExcluded empty: none
 * @param origins any of {@code local}, {@code remote}, {@code ingest}; empty: all
 * @param skippedOps any of {@code c}, {@code u}, {@code d}
 * @param isUnchangedSkipped leaves out updates that change no field that is sent
 */
public record ChangeFilter(
    Set<String> fieldsIncluded,
    Set<String> fieldsExcluded,
    Set<String> docIds,
    Set<String> docIdsExcluded,
    Set<String> origins,
    Set<String> skippedOps,
    boolean isUnchangedSkipped) {
  private static final List<String> ORIGINS = List.of("local", "remote", "ingest");

  static ChangeFilter of(AbstractConfig config) {
    List<String> excluded = config.getList(FilterKeys.ORIGINS_EXCLUDED);
    Set<String> origins =
        excluded.isEmpty()
            ? Set.of()
            : Set.copyOf(ORIGINS.stream().filter(name -> !excluded.contains(name)).toList());
    return new ChangeFilter(
        Set.copyOf(config.getList(FilterKeys.FIELDS_INCLUDED)),
        Set.copyOf(config.getList(FilterKeys.FIELDS_EXCLUDED)),
        Set.copyOf(config.getList(FilterKeys.DOCUMENTS)),
        Set.copyOf(config.getList(FilterKeys.DOCUMENTS_EXCLUDED)),
        origins,
        Set.copyOf(config.getList(FilterKeys.SKIPPED_OPERATIONS)),
        config.getBoolean(FilterKeys.SKIP_UNCHANGED));
  }

  public boolean hasField(String collection, String field) {
    String full = collection + "." + field;
    boolean isIncluded =
        fieldsIncluded.isEmpty() || fieldsIncluded.contains(field) || fieldsIncluded.contains(full);
    return isIncluded && !fieldsExcluded.contains(field) && !fieldsExcluded.contains(full);
  }

  public boolean hasDocument(String docId) {
    return (docIds.isEmpty() || docIds.contains(docId)) && !docIdsExcluded.contains(docId);
  }
}

package io.defradb.connect.source.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/** The keys by which collections, documents, fields and changes are chosen. */
final class FilterKeys {
  static final String COLLECTIONS = "collection.include.list";
  static final String COLLECTIONS_EXCLUDED = "collection.exclude.list";
  static final String DISCOVERY = "collection.discovery.interval.ms";
  static final String FIELDS_INCLUDED = "field.include.list";
  static final String FIELDS_EXCLUDED = "field.exclude.list";
  static final String DOCUMENTS = "document.include.list";
  static final String DOCUMENTS_EXCLUDED = "document.exclude.list";
  static final String ORIGINS_EXCLUDED = "origin.exclude.list";
  static final String SKIPPED_OPERATIONS = "skipped.operations";
  static final String SKIP_UNCHANGED = "skip.messages.without.change";
  private static final String GROUP = "Filters";
  private static final int DOCUMENTS_MAX = 1000;
  private static final Pattern DOC_ID =
      Pattern.compile("bae-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /** Of each pair, one may be given. */
  private static final List<List<String>> EITHER_OR =
      List.of(
          List.of(COLLECTIONS, COLLECTIONS_EXCLUDED),
          List.of(FIELDS_INCLUDED, FIELDS_EXCLUDED),
          List.of(DOCUMENTS, DOCUMENTS_EXCLUDED));

  private FilterKeys() {}

  static void define(ConfigDef def) {
    def.define(
        COLLECTIONS,
        Type.LIST,
        "",
        LambdaValidator.with(Regexes::check, () -> "names or regular expressions"),
        Importance.HIGH,
        "Collections to read: names, or regular expressions that match whole names; empty: all."
            + " Where not all are named, new ones are found while the connector runs.",
        GROUP,
        1,
        Width.LONG,
        "Collections included");
    def.define(
        COLLECTIONS_EXCLUDED,
        Type.LIST,
        "",
        LambdaValidator.with(Regexes::check, () -> "names or regular expressions"),
        Importance.MEDIUM,
        "Collections not to read, written in the same way, in place of those to read.",
        GROUP,
        2,
        Width.LONG,
        "Collections excluded");
    def.define(
        DISCOVERY,
        Type.LONG,
        60_000L,
        Range.between(100, 86_400_000),
        Importance.LOW,
        "Milliseconds between two looks for new collections.",
        GROUP,
        3,
        Width.SHORT,
        "Discovery interval");
    def.define(
        FIELDS_INCLUDED,
        Type.LIST,
        "",
        Importance.MEDIUM,
        "Fields to send, as field or Collection.field; empty: all.",
        GROUP,
        4,
        Width.LONG,
        "Fields included");
    def.define(
        FIELDS_EXCLUDED,
        Type.LIST,
        "",
        Importance.MEDIUM,
        "Fields not to send, as field or Collection.field, in place of those to send.",
        GROUP,
        5,
        Width.LONG,
        "Fields excluded");
    def.define(
        DOCUMENTS,
        Type.LIST,
        "",
        LambdaValidator.with(FilterKeys::checkDocIds, () -> "at most " + DOCUMENTS_MAX + " DocIDs"),
        Importance.LOW,
        "DocIDs of the documents to read; empty: all.",
        GROUP,
        6,
        Width.LONG,
        "Documents included");
    def.define(
        DOCUMENTS_EXCLUDED,
        Type.LIST,
        "",
        LambdaValidator.with(FilterKeys::checkDocIds, () -> "at most " + DOCUMENTS_MAX + " DocIDs"),
        Importance.LOW,
        "DocIDs of the documents not to read, in place of those to read.",
        GROUP,
        7,
        Width.LONG,
        "Documents excluded");
    def.define(
        ORIGINS_EXCLUDED,
        Type.LIST,
        "",
        LambdaValidator.with(
            FilterKeys::checkOrigins, () -> "at most two of local, remote, ingest"),
        Importance.MEDIUM,
        "Changes of these origins are not read: local, made at the node; remote, come from a peer;"
            + " ingest, brought by a sink connector. Without ingest, what a sink writes does not go"
            + " round in a circle.",
        GROUP,
        8,
        Width.MEDIUM,
        "Origins excluded");
    def.define(
        SKIPPED_OPERATIONS,
        Type.LIST,
        "",
        Words.of("c", "u", "d", "t", "none"),
        Importance.LOW,
        "Operations that are no event; t and none, which other connectors have, leave nothing out.",
        GROUP,
        9,
        Width.SHORT,
        "Skipped operations");
    def.define(
        SKIP_UNCHANGED,
        Type.BOOLEAN,
        false,
        Importance.LOW,
        "Whether an update is left out that changes none of the fields that are sent, such as one"
            + " that lost its conflict.",
        GROUP,
        10,
        Width.SHORT,
        "Skip unchanged");
  }

  static CollectionChoice collections(AbstractConfig config) {
    return new CollectionChoice(config.getList(COLLECTIONS), config.getList(COLLECTIONS_EXCLUDED));
  }

  /** What is wrong with two keys together. */
  static void check(Config config, Map<String, String> given) {
    for (List<String> pair : EITHER_OR) {
      if (pair.stream().noneMatch(key -> given.getOrDefault(key, "").isBlank())) {
        for (String key : pair) {
          String other = pair.get(key.equals(pair.get(0)) ? 1 : 0);
          SourceValidation.fault(config, key, "cannot be given together with " + other);
        }
      }
    }
    for (String key : List.of(FIELDS_INCLUDED, FIELDS_EXCLUDED)) {
      checkCollections(config, given, key);
    }
  }

  /** A field of a collection that is not read is a mistake. */
  private static void checkCollections(Config config, Map<String, String> given, String key) {
    var choice =
        new CollectionChoice(
            list(given.getOrDefault(COLLECTIONS, "")),
            list(given.getOrDefault(COLLECTIONS_EXCLUDED, "")));
    for (String field : list(given.getOrDefault(key, ""))) {
      int dot = field.indexOf('.');
      if (dot >= 0 && isSound(choice) && !choice.has(field.substring(0, dot))) {
        SourceValidation.fault(config, key, "names " + field + ", but that collection is not read");
      }
    }
  }

  private static boolean isSound(CollectionChoice choice) {
    try {
      Regexes.check(COLLECTIONS, choice.included());
      Regexes.check(COLLECTIONS_EXCLUDED, choice.excluded());
      return true;
    } catch (ConfigException e) {
      return false; // has its fault already
    }
  }

  private static List<String> list(String text) {
    return text.isBlank() ? List.of() : Arrays.stream(text.split(",")).map(String::strip).toList();
  }

  private static void checkDocIds(String key, Object value) {
    if (value instanceof List<?> list) {
      if (list.size() > DOCUMENTS_MAX) {
        throw new ConfigException(key, list.size(), "there are at most " + DOCUMENTS_MAX);
      }
      for (Object docId : list) {
        if (!DOC_ID.matcher(String.valueOf(docId)).matches()) {
          throw new ConfigException(key, docId, "is no DocID");
        }
      }
    }
  }

  private static void checkOrigins(String name, Object value) {
    if (value instanceof List<?> list
        && (list.size() > 2 || !List.of("local", "remote", "ingest").containsAll(list))) {
      throw new ConfigException(name, value, "must be at most two of local, remote, ingest");
    }
  }
}

package io.defradb.connect.sink.mapping;

import io.defradb.connect.sink.settings.SinkSettings;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Names the collection that a record goes to. Immutable. */
final class CollectionNames {
  private static final Pattern MEMBER = Pattern.compile("\\$\\{source\\.([^}]*)}");

  private final SinkSettings settings;

  CollectionNames(SinkSettings settings) {
    this.settings = settings;
  }

  /**
   * {@code null}: the record is a tombstone, which does not say where it comes from; the delete
   * event before it did.
   */
  @Nullable String of(SinkRecord record) {
    String format = settings.collection(record.topic());
    if (!settings.isNamedBySource()) {
      return format;
    }
    if (record.value() == null) {
      return null;
    }
    RecordFields value = RecordFields.of(JsonTexts.structured(record.value()));
    RecordFields source = value == null ? null : RecordFields.of(value.value("source"));
    Matcher members = MEMBER.matcher(format);
    var name = new StringBuilder();
    while (members.find()) {
      Object member = source == null ? null : source.value(members.group(1));
      if (member == null) {
        throw new UnmappableRecord(
            "the record does not say where it comes from, which names its collection",
            Map.of("Member", "source." + members.group(1)));
      }
      members.appendReplacement(name, Matcher.quoteReplacement(member.toString()));
    }
    return members.appendTail(name).toString();
  }
}

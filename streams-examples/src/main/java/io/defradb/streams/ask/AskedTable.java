package io.defradb.streams.ask;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A store of text keys and JSON rows, as it is asked for. Immutable.
 *
 * @param store its name in the topology
 * @param path the route, such as {@code documents}
 * @param keyName the member that a row of a list has its key in
 * @param shown a stored row as it is answered; {@code null}: there is none any more
 */
public record AskedTable(
    String store, String path, String keyName, UnaryOperator<@Nullable JsonNode> shown) {}

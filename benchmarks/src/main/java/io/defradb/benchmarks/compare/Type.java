package io.defradb.benchmarks.compare;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A collection as the questions know it. */
record Type(String name, List<Field> fields, List<Link> links, String directives) {

  String sdl() {
    return Stream.concat(
            fields.stream().map(it -> it.name() + ": " + it.kind().sdl() + it.directives()),
            links.stream()
                .map(
                    it ->
                        it.name()
                            + ": "
                            + (it.isMany() ? "[" + it.target() + "]" : it.target())
                            + it.directives()))
        .collect(Collectors.joining("\n  ", "type " + name + directives + " {\n  ", "\n}\n"));
  }

  List<Field> numbers() {
    return fields.stream().filter(it -> it.kind().isNumber()).toList();
  }

  List<Link> manyLinks() {
    return links.stream().filter(Link::isMany).toList();
  }
}

package io.defradb.graphql.sdl;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an SDL text says, as far as collections need it; all else is parsed and left out. */
record SdlDocument(List<Type> types) {

  record Type(String name, boolean isInterface, List<Directive> directives, List<Field> fields) {}

  /** {@code type}: {@code null} when nothing follows the colon. */
  record Field(String name, @Nullable TypeRef type, List<Directive> directives) {}

  record Directive(String name, List<Argument> arguments) {
    @Nullable Literal argument(String argumentName) {
      for (Argument argument : arguments) {
        if (argument.name().equals(argumentName)) {
          return argument.value();
        }
      }
      return null;
    }
  }

  record Argument(String name, Literal value) {}

  /**
   * A type as written. One of three: a name; a list of {@code inner}; {@code inner} with a bang.
   *
   * @param name of a named type
   * @param inner of a list or a non-null type; {@code null}: nothing was written there
   */
  record TypeRef(Form form, String name, @Nullable TypeRef inner) {
    enum Form {
      NAMED,
      LIST,
      NON_NULL
    }
  }
}

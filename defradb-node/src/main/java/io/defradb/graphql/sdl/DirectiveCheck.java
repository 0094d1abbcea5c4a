package io.defradb.graphql.sdl;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.graphql.validation.Suggestions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Checks every directive of a document against its form, and reports all faults, a line each. */
final class DirectiveCheck {
  private static final int REPORTED_MAX = 100;

  private final List<String> faults = new ArrayList<>();

  private DirectiveCheck() {}

  /** Throws INVALID_SCHEMA when a directive is unknown, out of place or has wrong arguments. */
  static void check(SdlDocument document) {
    var check = new DirectiveCheck();
    for (SdlDocument.Type type : document.types()) {
      check.all(
          type.directives(),
          type.isInterface() ? DirectiveForm.Place.INTERFACE : DirectiveForm.Place.OBJECT);
      for (SdlDocument.Field field : type.fields()) {
        check.all(field.directives(), DirectiveForm.Place.FIELD_DEFINITION);
      }
    }
    if (!check.faults.isEmpty()) {
      throw new DefraException(ErrorCode.INVALID_SCHEMA, String.join("\n", check.faults));
    }
  }

  private void all(List<SdlDocument.Directive> directives, DirectiveForm.Place place) {
    for (SdlDocument.Directive directive : directives) {
      DirectiveForm form = DirectiveForm.ALL.get(directive.name());
      if (form == null) {
        report("Unknown directive \"" + directive.name() + "\".");
        continue;
      }
      if (!form.places().contains(place)) {
        report("Directive \"" + directive.name() + "\" may not be used on " + place + ".");
      }
      arguments(directive, form);
    }
  }

  private void arguments(SdlDocument.Directive directive, DirectiveForm form) {
    var names = new HashSet<String>();
    for (SdlDocument.Argument argument : directive.arguments()) {
      if (!names.add(argument.name())) {
        report("There can be only one argument named \"" + argument.name() + "\".");
      }
      DirectiveForm.ArgumentType type = form.arguments().get(argument.name());
      if (type == null) {
        report(
            "Unknown argument \""
                + argument.name()
                + "\" on directive \"@"
                + directive.name()
                + "\"."
                + Suggestions.didYouMean(argument.name(), form.arguments().keySet()));
        continue;
      }
      String fault = DirectiveForm.fault(type, argument.value());
      if (fault != null) {
        report(
            "Argument \""
                + argument.name()
                + "\" has invalid value "
                + argument.value().print()
                + ".\n"
                + fault);
      }
    }
  }

  private void report(String fault) {
    if (faults.size() < REPORTED_MAX) {
      faults.add(fault);
    }
  }
}

package io.defradb.cli.command;

import java.io.Console;

/** Whether somebody looks: newer Java machines have a console without a terminal, too. */
public final class Terminal {
  private Terminal() {}

  @SuppressWarnings("SystemConsoleNull") // what it is on newer machines is asked for below
  public static boolean isThere() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException before22) {
      return true;
    } catch (ReflectiveOperationException unknown) {
      return false;
    }
  }
}

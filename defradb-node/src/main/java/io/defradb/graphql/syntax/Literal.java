package io.defradb.graphql.syntax;

import io.defradb.document.Quotation;
import java.util.List;

/** A value as it is written in a request. {@code toString} prints it as messages show it. */
public sealed interface Literal {

  /** What a literal is, for exhaustive switches. */
  enum Kind {
    INT,
    FLOAT,
    TEXT,
    BOOL,
    NULL,
    WORD,
    ITEMS,
    MEMBERS,
    VARIABLE
  }

  Kind kind();

  Literal NULL = new Null();

  /** {@code digits}: of any length. */
  record Int(String digits) implements Literal {
    @Override
    public Kind kind() {
      return Kind.INT;
    }

    @Override
    public String toString() {
      return digits;
    }
  }

  @SuppressWarnings("JavaLangClash") // the grammar's word
  record Float(String digits) implements Literal {
    @Override
    public Kind kind() {
      return Kind.FLOAT;
    }

    @Override
    public String toString() {
      return digits;
    }
  }

  record Text(String value) implements Literal {
    @Override
    public Kind kind() {
      return Kind.TEXT;
    }

    @Override
    public String toString() {
      return Quotation.of(value);
    }
  }

  record Bool(boolean value) implements Literal {
    @Override
    public Kind kind() {
      return Kind.BOOL;
    }

    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  record Null() implements Literal {
    @Override
    public Kind kind() {
      return Kind.NULL;
    }

    @Override
    public String toString() {
      return "<nil>";
    }
  }

  /** An unquoted word: a value of an enum; in JSON a string. */
  record Word(String name) implements Literal {
    @Override
    public Kind kind() {
      return Kind.WORD;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  record Items(List<Literal> values) implements Literal {
    public Items {
      values = List.copyOf(values);
    }

    @Override
    public Kind kind() {
      return Kind.ITEMS;
    }

    @Override
    public String toString() {
      return values.toString();
    }
  }

  record Members(List<Member> members) implements Literal {
    public Members {
      members = List.copyOf(members);
    }

    @Override
    public Kind kind() {
      return Kind.MEMBERS;
    }

    @Override
    public String toString() {
      String list = members.toString();
      return "{" + list.substring(1, list.length() - 1) + "}";
    }
  }

  record Member(String name, Literal value) {
    @Override
    public String toString() {
      return name + ": " + value;
    }
  }

  record Variable(String name) implements Literal {
    @Override
    public Kind kind() {
      return Kind.VARIABLE;
    }

    @Override
    public String toString() {
      return "$" + name;
    }
  }
}

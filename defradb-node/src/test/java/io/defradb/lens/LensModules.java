package io.defradb.lens;

import io.defradb.lens.WasmAssembler.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Modules for tests, as files. */
public final class LensModules {
  private static final int LOCAL_GET = 0x20;
  private static final int LOCAL_SET = 0x21;
  private static final int GLOBAL_GET = 0x23;
  private static final int GLOBAL_SET = 0x24;
  private static final int I32_LOAD = 0x28;
  private static final int I32_LOAD_BYTE = 0x2d;
  private static final int I32_STORE = 0x36;
  private static final int I32_STORE_BYTE = 0x3a;
  private static final int I32_CONST = WasmAssembler.I32_CONST;
  private static final int I32_EQUAL = 0x46;
  private static final int ADD = 0x6a;
  private static final int SUBTRACT = 0x6b;
  private static final int CALL = 0x10;
  private static final int IF = 0x04;
  private static final int LOOP = 0x03;
  private static final int BRANCH = 0x0c;
  private static final int RETURN = 0x0f;
  private static final int UNREACHABLE = 0x00;
  private static final int END = 0x0b;
  private static final int NOTHING = 0x40;

  private static final int HEAP = 1024;
  private static final int UNDONE_AT = 16;
  private static final int END_OF_STREAM = 127;
  private static final int[] MEMORY_COPY = {0xfc, 0x0a, 0, 0};

  private LensModules() {}

  /**
   * {@code transform} adds the members of its arguments to every object, {@code inverse} adds
   * {@code "undone": true}; what the object has itself wins. Neither may get an empty object.
   */
  public static byte[] merging() {
    return allocating()
        .item(UNDONE_AT, 1, "{\"undone\":true}")
        .function("set_param", 1, 0, remember())
        .function("", 1, 2, merge())
        .function("transform", 0, 0, new Bytes().op(GLOBAL_GET, 2, CALL, 3))
        .function("inverse", 0, 0, new Bytes().op(I32_CONST).number(UNDONE_AT).op(CALL, 3))
        .assemble();
  }

  /** As {@link #merging}, without a way back. */
  public static byte[] oneWay() {
    return allocating()
        .function("set_param", 1, 0, remember())
        .function("", 1, 2, merge())
        .function("transform", 0, 0, new Bytes().op(GLOBAL_GET, 2, CALL, 3))
        .assemble();
  }

  /** Drops every other item. */
  public static byte[] everySecond() {
    var body = new Bytes().op(CALL, 0, 0x1a /* drop */, CALL, 0);
    return allocating().function("transform", 0, 0, body).assemble();
  }

  /** Fails on every item with a text of its own. */
  public static byte[] failing() {
    return allocating()
        .item(UNDONE_AT, 0xff, "no such thing")
        .function("transform", 0, 0, new Bytes().op(I32_CONST).number(UNDONE_AT))
        .assemble();
  }

  /** Never comes back. */
  public static byte[] endless() {
    var body = new Bytes().op(LOOP, NOTHING, BRANCH, 0, END, UNREACHABLE);
    return allocating().function("transform", 0, 0, body).assemble();
  }

  /** Calls itself without an end. */
  public static byte[] recursive() {
    return allocating().function("transform", 0, 0, new Bytes().op(CALL, 2)).assemble();
  }

  /** Answers an address beyond its memory. */
  public static byte[] outOfBounds() {
    return allocating()
        .function("transform", 0, 0, new Bytes().op(I32_CONST).number(-8))
        .assemble();
  }

  /** Says that its item is longer than anything may be. */
  public static byte[] boasting() {
    var body =
        new Bytes()
            .op(I32_CONST, 0, I32_CONST, 1, I32_STORE_BYTE, 0, 0)
            .op(I32_CONST, 1, I32_CONST)
            .number(Integer.MAX_VALUE)
            .op(I32_STORE, 0, 0, I32_CONST, 0);
    return allocating().function("transform", 0, 0, body).assemble();
  }

  /** Wants more memory than there is for it. */
  public static byte[] greedy() {
    return new WasmAssembler()
        .memory(60_000)
        .function("alloc", 1, 0, new Bytes().op(I32_CONST, 0))
        .function("transform", 0, 0, new Bytes().op(I32_CONST, 0))
        .assemble();
  }

  /** The module as the {@code Path} of a lens. */
  public static String write(Path folder, String name, byte[] module) {
    try {
      return "file://" + Files.write(folder.resolve(name + ".wasm"), module);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Globals: 0 end of the heap, 1 where it begins for an item, 2 the arguments. Function 1. */
  private static WasmAssembler allocating() {
    var alloc =
        new Bytes()
            .op(GLOBAL_GET, 0, GLOBAL_GET, 0, LOCAL_GET, 0, ADD, GLOBAL_SET, 0)
            .op(LOCAL_SET, 1, LOCAL_GET, 1);
    return new WasmAssembler().global(HEAP).global(HEAP).global(0).function("alloc", 1, 1, alloc);
  }

  /** Keeps the arguments, and answers nil: the zero at address 0. */
  private static Bytes remember() {
    return new Bytes()
        .op(LOCAL_GET, 0, GLOBAL_SET, 2)
        .op(GLOBAL_GET, 0, GLOBAL_SET, 1)
        .op(I32_CONST, 0);
  }

  /**
   * (arguments p) local 1: item, local 2: result. The result is {@code p} without its last brace, a
   * comma, and the item without its first brace.
   */
  private static Bytes merge() {
    var body = new Bytes();
    body.op(GLOBAL_GET, 1, GLOBAL_SET, 0, CALL, 0, LOCAL_SET, 1);
    body.op(LOCAL_GET, 1, I32_LOAD_BYTE, 0, 0, I32_CONST).number(END_OF_STREAM);
    body.op(I32_EQUAL, IF, NOTHING, LOCAL_GET, 1, RETURN, END);
    body.op(I32_CONST, 5, LOCAL_GET, 0, I32_LOAD, 0, 1, ADD);
    body.op(LOCAL_GET, 1, I32_LOAD, 0, 1, ADD, CALL, 1, LOCAL_SET, 2);
    body.op(LOCAL_GET, 2, I32_CONST, 1, I32_STORE_BYTE, 0, 0);
    body.op(LOCAL_GET, 2, LOCAL_GET, 0, I32_LOAD, 0, 1, LOCAL_GET, 1, I32_LOAD, 0, 1, ADD);
    body.op(I32_CONST, 1, SUBTRACT, I32_STORE, 0, 1);
    body.op(LOCAL_GET, 2, I32_CONST, 5, ADD, LOCAL_GET, 0, I32_CONST, 5, ADD);
    body.op(LOCAL_GET, 0, I32_LOAD, 0, 1, I32_CONST, 1, SUBTRACT).op(MEMORY_COPY);
    body.op(LOCAL_GET, 2, LOCAL_GET, 0, I32_LOAD, 0, 1, ADD, I32_CONST).number(',');
    body.op(I32_STORE_BYTE, 0, 4);
    body.op(LOCAL_GET, 2, LOCAL_GET, 0, I32_LOAD, 0, 1, ADD, I32_CONST, 5, ADD);
    body.op(LOCAL_GET, 1, I32_CONST, 6, ADD);
    body.op(LOCAL_GET, 1, I32_LOAD, 0, 1, I32_CONST, 1, SUBTRACT).op(MEMORY_COPY);
    return body.op(LOCAL_GET, 2);
  }
}

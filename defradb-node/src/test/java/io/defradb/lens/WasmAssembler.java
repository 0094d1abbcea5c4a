package io.defradb.lens;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Assembles small WASM modules (WebAssembly 2.0, binary format): functions of i32s, one import, one
 * memory, one block of data. Function 0 is the import {@code lens.next}.
 */
final class WasmAssembler {
  static final int I32_CONST = 0x41;
  private static final int END = 0x0b;
  private static final int FUNCTION = 0x60;
  private static final int I32 = 0x7f;

  private final List<byte[]> types = new ArrayList<>();
  private final List<byte[]> functions = new ArrayList<>();
  private final List<byte[]> globals = new ArrayList<>();
  private final List<byte[]> exports = new ArrayList<>();
  private final List<byte[]> codes = new ArrayList<>();
  private final List<byte[]> data = new ArrayList<>();
  private int pages = 2;

  /** Bytes as they are written, numbers beyond a byte as LEB128. */
  static final class Bytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Bytes op(int... octets) {
      for (int octet : octets) {
        out.write(octet);
      }
      return this;
    }

    Bytes number(int value) {
      int rest = value;
      while (rest >= 0x40 || rest < -0x40) {
        out.write(rest & 0x7f | 0x80);
        rest >>= 7;
      }
      out.write(rest & 0x7f);
      return this;
    }

    Bytes size(int value) {
      int rest = value;
      while (rest >= 0x80) {
        out.write(rest & 0x7f | 0x80);
        rest >>>= 7;
      }
      out.write(rest);
      return this;
    }

    Bytes text(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      size(utf8.length);
      return raw(utf8);
    }

    Bytes raw(byte[] bytes) {
      out.writeBytes(bytes);
      return this;
    }

    byte[] toBytes() {
      return out.toByteArray();
    }
  }

  WasmAssembler() {
    types.add(signature(0, 1));
  }

  private static byte[] signature(int parameters, int results) {
    var type = new Bytes().op(FUNCTION).size(parameters);
    for (int i = 0; i < parameters; i++) {
      type.op(I32);
    }
    type.size(results);
    for (int i = 0; i < results; i++) {
      type.op(I32);
    }
    return type.toBytes();
  }

  WasmAssembler memory(int initialPages) {
    pages = initialPages;
    return this;
  }

  /** A variable i32; they are numbered from 0. */
  WasmAssembler global(int initial) {
    globals.add(new Bytes().op(I32, 1, I32_CONST).number(initial).op(END).toBytes());
    return this;
  }

  /** A function that answers an i32, exported when it has a name; numbered from 1. */
  WasmAssembler function(String name, int parameters, int locals, Bytes body) {
    types.add(signature(parameters, 1));
    functions.add(new Bytes().size(types.size() - 1).toBytes());
    if (!name.isEmpty()) {
      exports.add(new Bytes().text(name).op(0).size(functions.size()).toBytes());
    }
    var code = new Bytes();
    if (locals == 0) {
      code.size(0);
    } else {
      code.size(1).size(locals).op(I32);
    }
    byte[] whole = code.raw(body.toBytes()).op(END).toBytes();
    codes.add(new Bytes().size(whole.length).raw(whole).toBytes());
    return this;
  }

  /** An item (see {@code LensInstance}) in the memory. */
  WasmAssembler item(int at, int type, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    var item = new Bytes().op(type, bytes.length, 0, 0, 0).raw(bytes);
    byte[] segment = item.toBytes();
    data.add(
        new Bytes()
            .op(0, I32_CONST)
            .number(at)
            .op(END)
            .size(segment.length)
            .raw(segment)
            .toBytes());
    return this;
  }

  byte[] assemble() {
    exports.add(new Bytes().text("memory").op(2, 0).toBytes());
    var module = new Bytes().raw(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
    section(module, 1, types);
    byte[] next = new Bytes().text("lens").text("next").op(0, 0).toBytes();
    section(module, 2, List.of(next));
    section(module, 3, functions);
    section(module, 5, List.of(new Bytes().op(0).size(pages).toBytes()));
    section(module, 6, globals);
    section(module, 7, exports);
    section(module, 10, codes);
    section(module, 11, data);
    return module.toBytes();
  }

  private static void section(Bytes module, int id, List<byte[]> entries) {
    if (entries.isEmpty()) {
      return;
    }
    var section = new Bytes().size(entries.size());
    entries.forEach(section::raw);
    byte[] whole = section.toBytes();
    module.op(id).size(whole.length).raw(whole);
  }
}

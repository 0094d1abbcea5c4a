package io.defradb.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.storage.KeyValueStore;
import io.defradb.storage.KeyValueStoreContract;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class MemoryStoreTest extends KeyValueStoreContract {
  @Override
  protected KeyValueStore open() {
    return new MemoryStore();
  }

  @Test
  void theTreeStaysFlatUnderAscendingKeysAndRangeDeletes() {
    SortedTree tree = null;
    for (int i = 0; i < 100_000; i++) {
      tree = SortedTree.put(tree, ByteBuffer.allocate(4).putInt(i).array(), new byte[0]);
    }
    assertThat(SortedTree.heightOf(tree)).isLessThanOrEqualTo(24); // 1.44 log2 n
    byte[] from = ByteBuffer.allocate(4).putInt(10).array();
    byte[] to = ByteBuffer.allocate(4).putInt(99_990).array();
    tree = SortedTree.removeRange(tree, from, to);
    assertThat(SortedTree.heightOf(tree)).isLessThanOrEqualTo(6);
    assertThat(SortedTree.bytesOf(tree)).isEqualTo(20 * 4);
  }
}

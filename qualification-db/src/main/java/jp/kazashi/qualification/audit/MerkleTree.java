package jp.kazashi.qualification.audit;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Hash trees of RFC 6962 §2.1 over the hashes of entries. */
public final class MerkleTree {
  private MerkleTree() {}

  public static Digest root(List<Digest> leaves) {
    if (leaves.isEmpty()) {
      throw new IllegalArgumentException("A tree has at least one leaf");
    }
    return root(leaves, 0, leaves.size());
  }

  /** The neighbours with which one leaf gives the root, from the leaf up (RFC 6962 §2.1.1). */
  public static List<Digest> path(List<Digest> leaves, int leaf) {
    List<Digest> path = new ArrayList<>();
    int from = 0;
    int to = leaves.size();
    while (to - from > 1) {
      int split = from + largestPowerBelow(to - from);
      if (leaf < split) {
        path.addFirst(root(leaves, split, to));
        to = split;
      } else {
        path.addFirst(root(leaves, from, split));
        from = split;
      }
    }
    return path;
  }

  /** The root that a leaf at that place among that many gives with its path. */
  public static Digest rootOf(Digest leaf, int at, int size, List<Digest> path) {
    Digest hash = leafHash(leaf);
    int place = at;
    int last = size - 1;
    for (Digest neighbour : path) {
      if ((place & 1) == 1 || place == last) {
        hash = nodeHash(neighbour, hash);
        while ((place & 1) == 0 && place != 0) {
          place >>= 1;
          last >>= 1;
        }
      } else {
        hash = nodeHash(hash, neighbour);
      }
      place >>= 1;
      last >>= 1;
    }
    return hash;
  }

  private static Digest root(List<Digest> leaves, int from, int to) {
    if (to - from == 1) {
      return leafHash(leaves.get(from));
    }
    int split = from + largestPowerBelow(to - from);
    return nodeHash(root(leaves, from, split), root(leaves, split, to));
  }

  private static int largestPowerBelow(int size) {
    return Integer.highestOneBit(size - 1);
  }

  private static Digest leafHash(Digest leaf) {
    return hash((byte) 0, leaf.bytes());
  }

  private static Digest nodeHash(Digest left, Digest right) {
    return hash((byte) 1, left.bytes(), right.bytes());
  }

  private static Digest hash(byte kind, byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(65);
    bytes.write(kind);
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return Digest.of(bytes.toByteArray());
  }
}

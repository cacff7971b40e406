package jp.kazashi.reader.face;

/** A network is not what its manifest says. Never leaves the loading. */
final class BrokenModel extends RuntimeException {
  BrokenModel(String what) {
    super(what);
  }
}

package jp.kazashi.qualification.audit;

/** One chain: what one node wrote between one start and the next. */
public record ChainId(NodeId node, int epoch) {
  public ChainId {
    if (epoch < 1) {
      throw new IllegalArgumentException("Epochs are counted from 1");
    }
  }

  /** As receipts name it: {@code node:epoch}. */
  public static ChainId parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("A chain is named node:epoch");
    }
    return new ChainId(
        new NodeId(text.substring(0, colon)), Integer.parseInt(text.substring(colon + 1)));
  }

  @Override
  public String toString() {
    return node + ":" + epoch;
  }
}

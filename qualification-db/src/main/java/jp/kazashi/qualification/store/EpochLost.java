package jp.kazashi.qualification.store;

import jp.kazashi.qualification.audit.ChainId;

/** This process may not write any more: a later start of the same node has closed its chain. */
public final class EpochLost extends RuntimeException {
  private static final long serialVersionUID = 1;

  public EpochLost(ChainId chain) {
    super("The audit chain " + chain + " was closed by a later start of this node");
  }
}

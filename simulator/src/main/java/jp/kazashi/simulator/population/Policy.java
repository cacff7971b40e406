package jp.kazashi.simulator.population;

import org.jspecify.annotations.Nullable;

/**
 * A membership with one payer: what its members' numbers begin with.
 *
 * @param owner index of the person it is in the name of
 */
record Policy(Payer payer, @Nullable String symbol, String number, int owner) {
  @Override
  public String toString() {
    return "Policy[" + payer.kind() + "]";
  }
}

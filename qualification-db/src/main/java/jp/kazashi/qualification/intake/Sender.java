package jp.kazashi.qualification.intake;

import jp.kazashi.qualification.person.PayerNumber;

/** Who sends a feed, and so whose members it may speak of. */
public sealed interface Sender {

  /** What tells senders' batches apart. */
  String digits();

  boolean speaksFor(PayerNumber payer);

  /** An insurer or welfare office: its own members only. */
  record Payer(PayerNumber number) implements Sender {
    @Override
    public String digits() {
      return number.digits();
    }

    @Override
    public boolean speaksFor(PayerNumber payer) {
      return payer.equals(number);
    }
  }

  /** 中間サーバー: the clearing house that delivers for every payer. */
  record ClearingHouse(String digits) implements Sender {
    @Override
    public boolean speaksFor(PayerNumber payer) {
      return true;
    }
  }
}

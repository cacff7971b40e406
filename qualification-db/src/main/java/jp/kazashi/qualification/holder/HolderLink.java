package jp.kazashi.qualification.holder;

/** What ties a card's holder to a person (利用登録); opaque here, made by whoever judged the card. */
public record HolderLink(String opaque) {
  public HolderLink {
    if (opaque.isBlank() || opaque.length() > 200) {
      throw new IllegalArgumentException("A holder link has 1 to 200 characters");
    }
  }
}

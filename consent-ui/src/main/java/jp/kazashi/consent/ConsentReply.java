package jp.kazashi.consent;

/** What a patient can say to a consent question. */
public enum ConsentReply {
  YES,
  NO,
  ONE_BY_ONE,
  BACK
}

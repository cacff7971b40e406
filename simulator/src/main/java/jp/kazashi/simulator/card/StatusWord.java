package jp.kazashi.simulator.card;

/** The status words this card answers with (ISO 7816-4, and JICSAP where it differs). */
final class StatusWord {

  static final int DONE = 0x9000;

  /** With the tries left in the last four bits. */
  static final int TRIES_LEFT = 0x63C0;

  static final int MEMORY_FAILURE = 0x6581;
  static final int WRONG_LENGTH = 0x6700;

  /** With the right length in the last byte. */
  static final int EXACT_LENGTH = 0x6C00;

  static final int WRONG_FILE_KIND = 0x6981;
  static final int SECURITY_STATUS_NOT_SATISFIED = 0x6982;

  /** JICSAP "IEF blocked"; ISO would say 6983. */
  static final int PIN_BLOCKED = 0x6984;

  static final int CONDITIONS_NOT_SATISFIED = 0x6985;
  static final int NO_CURRENT_FILE = 0x6986;
  static final int WRONG_DATA = 0x6A80;
  static final int NOT_FOUND = 0x6A82;
  static final int RECORD_NOT_FOUND = 0x6A83;
  static final int WRONG_PARAMETERS = 0x6A86;
  static final int OFFSET_PAST_END = 0x6B00;
  static final int UNKNOWN_INSTRUCTION = 0x6D00;
  static final int UNKNOWN_CLASS = 0x6E00;

  private StatusWord() {}
}

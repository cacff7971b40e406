package jp.kazashi.jpki.statement;

/** How the holder was confirmed. The codes are signed: never renumber. */
public enum VerificationMethod {
  FACE(1),
  PIN(2),
  STAFF(3),
  PHONE(4);

  private final int code;

  VerificationMethod(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static VerificationMethod ofCode(int code) {
    for (VerificationMethod method : values()) {
      if (method.code == code) {
        return method;
      }
    }
    throw new IllegalArgumentException("No such method");
  }
}

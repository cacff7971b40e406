package jp.kazashi.qualification.store;

import jp.kazashi.qualification.audit.Digest;

/**
 * An answer and the key under which its asker may ask for it again.
 *
 * @param certificate of the client: another's key has no effect
 */
public record KeptUnder(Digest certificate, String key, KeptAnswer answer) {
  public KeptUnder {
    if (key.isEmpty() || key.length() > 200) {
      throw new IllegalArgumentException("A key has 1 to 200 characters");
    }
  }
}

package jp.kazashi.gateway.adapter.revocation;

import java.time.Duration;

/** What is to be done after a while. */
public interface Later {
  Forget in(Duration delay, Runnable work);

  /** Nobody waits for it any more. */
  interface Forget {
    void now();
  }
}

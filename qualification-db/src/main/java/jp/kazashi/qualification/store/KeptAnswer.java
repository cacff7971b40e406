package jp.kazashi.qualification.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import jp.kazashi.qualification.audit.Digest;

/** An answer that is sent again to whoever asks the same under the same key. */
public final class KeptAnswer {
  private final Digest request;
  private final int status;
  private final byte[] answer;
  private final Instant keptAt;

  public KeptAnswer(Digest request, int status, byte[] answer, Instant keptAt) {
    this.request = request;
    this.status = status;
    this.answer = answer.clone();
    this.keptAt = keptAt.truncatedTo(ChronoUnit.MICROS);
  }

  /** Of the request's body and path: another one under the same key is refused. */
  public Digest request() {
    return request;
  }

  public int status() {
    return status;
  }

  public byte[] answer() {
    return answer.clone();
  }

  public Instant keptAt() {
    return keptAt;
  }
}

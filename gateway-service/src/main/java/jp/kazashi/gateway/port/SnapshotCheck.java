package jp.kazashi.gateway.port;

import jp.kazashi.gateway.check.EligibilityCheck;
import jp.kazashi.qualification.check.AnswerSnapshot;

/** The bytes of an answer as it will be told, to be kept with it. */
public interface SnapshotCheck {
  AnswerSnapshot of(EligibilityCheck.Judged check);
}

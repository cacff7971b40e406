package jp.kazashi.gateway.check;

import jp.kazashi.gateway.check.EligibilityCheck.Answered;
import jp.kazashi.gateway.check.EligibilityCheck.Judged;
import jp.kazashi.gateway.check.EligibilityCheck.Refused;
import jp.kazashi.qualification.consent.ConsentDecision;
import jp.kazashi.qualification.store.StationEvent;

/** What subscribers are told: ids, how and when, and the outcome; nothing personal. */
final class CheckEvents {
  private CheckEvents() {}

  static StationEvent of(Judged check) {
    String outcome =
        switch (check) {
          case Answered answered -> "ANSWERED";
          case Refused refused -> refused.reason().name();
        };
    String json =
        """
        {"checkId":"%s","terminal":"%s","method":"%s","at":"%s","outcome":"%s"}\
        """
            .formatted(
                check.id(),
                check.opened().caller().system(),
                check.opened().statement().method(),
                check.opened().at(),
                outcome);
    return new StationEvent(
        check.opened().caller().institution(), check.opened().at(), "check", check.id(), json);
  }

  /** That the patient decided; what may be read is asked of the check. */
  static StationEvent of(Caller caller, ConsentDecision decision) {
    String json =
        """
        {"checkId":"%s","terminal":"%s"}\
        """
            .formatted(decision.check(), caller.system());
    return new StationEvent(
        decision.institution(), decision.decidedAt(), "consent", decision.check(), json);
  }
}

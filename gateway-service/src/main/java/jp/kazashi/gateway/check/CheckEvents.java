package jp.kazashi.gateway.check;

import jp.kazashi.gateway.check.EligibilityCheck.Answered;
import jp.kazashi.gateway.check.EligibilityCheck.Judged;
import jp.kazashi.gateway.check.EligibilityCheck.Refused;
import jp.kazashi.qualification.store.StationEvent;

/** What subscribers are told: ids and outcome, nothing personal. */
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
        {"checkId":"%s","terminal":"%s","outcome":"%s"}\
        """
            .formatted(check.id(), check.opened().caller().system(), outcome);
    return new StationEvent(
        check.opened().caller().institution(), check.opened().at(), "check", check.id(), json);
  }
}

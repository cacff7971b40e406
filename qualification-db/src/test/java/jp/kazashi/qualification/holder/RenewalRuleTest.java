package jp.kazashi.qualification.holder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import jp.kazashi.qualification.person.PersonId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RenewalRuleTest {
  private static final Instant GRACE_ENDS = Instant.parse("2026-11-20T14:59:59Z");
  private static final HolderLink RENEWED = new HolderLink("renewed");

  @Test
  void aRenewalWithinTheGraceIsRegisteredByItself() {
    Registration before = registration(null);

    assertThat(RenewalRule.carriedOver(before, GRACE_ENDS, RENEWED, GRACE_ENDS))
        .contains(new Registration(RENEWED, before.person(), GRACE_ENDS, null, before.link()));
  }

  @Test
  void aRenewalAfterTheGraceIsAskedForAgain() {
    assertThat(
            RenewalRule.carriedOver(
                registration(null), GRACE_ENDS, RENEWED, GRACE_ENDS.plusSeconds(1)))
        .isEmpty();
  }

  @Test
  void whatWasEndedIsNotCarriedOver() {
    assertThat(
            RenewalRule.carriedOver(
                registration(GRACE_ENDS.minusSeconds(60)), GRACE_ENDS, RENEWED, GRACE_ENDS))
        .isEmpty();
  }

  private static Registration registration(@Nullable Instant endedAt) {
    return new Registration(
        new HolderLink("before"),
        new PersonId(new UUID(0, 1)),
        Instant.parse("2021-05-01T00:00:00Z"),
        endedAt,
        null);
  }
}

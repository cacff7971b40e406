package jp.kazashi.qualification.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.medical.MedicalCategory;
import jp.kazashi.qualification.person.PersonId;
import org.junit.jupiter.api.Test;

class ConsentLedgerTest {
  private static final Instant NOON = Instant.parse("2026-11-20T03:00:00Z");
  private static final Instant NEXT_YEAR = Instant.parse("2027-11-20T14:59:59Z");
  private static final InstitutionCode CLINIC = new InstitutionCode("1312345670");
  private static final PersonId HANAKO = new PersonId(new UUID(1, 1));
  private static final CheckId CHECK = new CheckId(new UUID(2, 1));
  private static final CheckId LATER_CHECK = new CheckId(new UUID(2, 2));

  @Test
  void aGrantLivesTwentyFourHours() {
    ConsentLedger ledger = new ConsentLedger(List.of(decision(CHECK, NOON, NEXT_YEAR)));
    Instant end = NOON.plus(Duration.ofHours(24));

    assertThat(ledger.live(CHECK, MedicalCategory.MEDICATION, NOON.minusMillis(1))).isEmpty();
    assertThat(ledger.live(CHECK, MedicalCategory.MEDICATION, NOON)).isPresent();
    assertThat(ledger.live(CHECK, MedicalCategory.MEDICATION, end.minusMillis(1)))
        .hasValueSatisfying(grant -> assertThat(grant.expiresAt()).isEqualTo(end));
    assertThat(ledger.live(CHECK, MedicalCategory.MEDICATION, end)).isEmpty();
  }

  @Test
  void aGrantEndsWithTheCertificateIfThatIsEarlier() {
    Instant certificateEnds = NOON.plusSeconds(3600);
    ConsentLedger ledger = new ConsentLedger(List.of(decision(CHECK, NOON, certificateEnds)));

    assertThat(ledger.live(CHECK, MedicalCategory.MEDICATION, certificateEnds.minusMillis(1)))
        .isPresent();
    assertThat(ledger.live(CHECK, MedicalCategory.MEDICATION, certificateEnds)).isEmpty();
  }

  @Test
  void aGrantAfterTheCertificateEndedNeverLives() {
    ConsentLedger ledger = new ConsentLedger(List.of(decision(CHECK, NOON, NOON.minusSeconds(1))));

    assertThat(ledger.live(CHECK, MedicalCategory.MEDICATION, NOON)).isEmpty();
  }

  @Test
  void onlyWhatWasGrantedLives() {
    ConsentLedger ledger = new ConsentLedger(List.of(decision(CHECK, NOON, NEXT_YEAR)));

    assertThat(ledger.live(CHECK, MedicalCategory.SURGERY, NOON)).isEmpty();
    assertThat(ledger.liveCategories(CHECK, NOON)).containsExactly(MedicalCategory.MEDICATION);
    assertThat(ledger.liveCategories(LATER_CHECK, NOON)).isEmpty();
  }

  @Test
  void aLaterDecisionReplacesTheEarlierEvenWithNothing() {
    ConsentDecision nothing =
        ConsentDecision.made(
            LATER_CHECK, HANAKO, CLINIC, Set.of(), NOON.plusSeconds(60), NEXT_YEAR);
    ConsentLedger ledger = new ConsentLedger(List.of(decision(CHECK, NOON, NEXT_YEAR), nothing));

    assertThat(ledger.live(CHECK, MedicalCategory.MEDICATION, NOON.plusSeconds(59))).isPresent();
    assertThat(ledger.live(CHECK, MedicalCategory.MEDICATION, NOON.plusSeconds(60))).isEmpty();
  }

  @Test
  void aLedgerIsOfOnePersonAtOneInstitution() {
    ConsentDecision stranger =
        ConsentDecision.made(
            LATER_CHECK, new PersonId(new UUID(1, 2)), CLINIC, Set.of(), NOON, NEXT_YEAR);

    assertThatThrownBy(() -> new ConsentLedger(List.of(decision(CHECK, NOON, NEXT_YEAR), stranger)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nobodyOutsideTheLedgerCanMakeAGrant() {
    assertThat(Arrays.stream(ConsentGrant.class.getDeclaredConstructors()))
        .noneMatch(constructor ->
            Modifier.isPublic(constructor.getModifiers())
                || Modifier.isProtected(constructor.getModifiers()));
    assertThat(Modifier.isFinal(ConsentGrant.class.getModifiers())).isTrue();
  }

  @Test
  void noDecisionLastsLongerThanTwentyFourHours() {
    assertThatThrownBy(() ->
            new ConsentDecision(CHECK, HANAKO, CLINIC, Set.of(), NOON, NOON.plusSeconds(86_401)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static ConsentDecision decision(CheckId check, Instant at, Instant certificateEnds) {
    return ConsentDecision.made(
        check, HANAKO, CLINIC, Set.of(MedicalCategory.MEDICATION), at, certificateEnds);
  }
}

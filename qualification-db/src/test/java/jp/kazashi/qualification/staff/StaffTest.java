package jp.kazashi.qualification.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.UUID;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.institution.InstitutionCode;
import org.junit.jupiter.api.Test;

class StaffTest {
  private static final Instant NOON = Instant.parse("2026-11-20T03:00:00Z");

  @Test
  void fiveWrongPasswordsInARowCloseAnAccountForAQuarterOfAnHour() {
    LockoutPolicy policy = LockoutPolicy.ordinary();
    Lockout lockout = Lockout.none();
    for (int at = 0; at < 4; at++) {
      lockout = policy.afterWrong(lockout, NOON);
      assertThat(lockout.holdsAt(NOON)).isFalse();
    }

    lockout = policy.afterWrong(lockout, NOON);

    assertThat(lockout.holdsAt(NOON.plusSeconds(899))).isTrue();
    assertThat(lockout.holdsAt(NOON.plusSeconds(900))).isFalse();
    assertThat(policy.afterWrong(lockout, NOON.plusSeconds(900))).isEqualTo(new Lockout(1, null));
    assertThat(policy.afterRight()).isEqualTo(Lockout.none());
  }

  @Test
  void aPasswordIsKeptAsAHashOnly() {
    assertThatThrownBy(() -> new PasswordHash("hanako-1234"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(HASH.toString()).doesNotContain("argon2id");
  }

  static final PasswordHash HASH =
      new PasswordHash(
          "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQxMjM0NTY$"
              + "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI");

  @Test
  void aSessionIsGoodThroughItsCertificateOnly() {
    Digest one = Digest.of(new byte[] {1});
    Digest other = Digest.of(new byte[] {2});
    StaffSession session =
        new StaffSession(
            Digest.of(new byte[] {3}),
            new StaffId(new UUID(0, 1)),
            one,
            NOON,
            NOON.plusSeconds(60),
            null);

    assertThat(session.holds(one, NOON.plusSeconds(59))).isTrue();
    assertThat(session.holds(one, NOON.plusSeconds(60))).isFalse();
    assertThat(session.holds(other, NOON)).isFalse();
  }

  @Test
  void aVisualPassIsForOneTerminalAndThreeMinutes() {
    InstitutionCode clinic = new InstitutionCode("1312345670");
    VisualPass pass =
        new VisualPass(new UUID(0, 2), new StaffId(new UUID(0, 1)), clinic, "kiosk-1", NOON);

    assertThat(pass.admits(clinic, "kiosk-1", NOON.plusSeconds(179))).isTrue();
    assertThat(pass.admits(clinic, "kiosk-1", NOON.plusSeconds(180))).isFalse();
    assertThat(pass.admits(clinic, "kiosk-2", NOON)).isFalse();
  }

  @Test
  void aClerkReadsNoRecordsAndOnlyAnAdministratorChangesAccounts() {
    assertThat(StaffRole.CLERK.mayReadRecords()).isFalse();
    assertThat(StaffRole.MEDICAL_VIEWER.mayReadRecords()).isTrue();
    assertThat(StaffRole.MEDICAL_VIEWER.mayChangeAccounts()).isFalse();
    assertThat(StaffRole.ADMINISTRATOR.mayChangeAccounts()).isTrue();
  }
}

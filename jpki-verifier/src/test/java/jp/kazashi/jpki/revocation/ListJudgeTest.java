package jp.kazashi.jpki.revocation;

import static jp.kazashi.jpki.MadeAuthority.rsa;
import static jp.kazashi.jpki.TestJpki.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.kazashi.jpki.MadeAuthority;
import jp.kazashi.jpki.MadeList;
import jp.kazashi.jpki.certificate.TrustAnchors;
import jp.kazashi.jpki.revocation.ListJudge.Standing;
import jp.kazashi.jpki.revocation.ListJudge.Standing.Unusable;
import jp.kazashi.jpki.revocation.ListJudge.Standing.Usable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.junit.jupiter.api.Test;

/** A list by itself, before anybody asks it about a certificate. */
class ListJudgeTest {
  private static final String NAME = "C=JP,O=JPKI-TEST,OU=JPKI for user authentication";
  private static final ASN1ObjectIdentifier UNKNOWN =
      new ASN1ObjectIdentifier("1.2.392.200149.8.5.5.99");
  private static final Instant HOUR_AGO = NOW.minus(Duration.ofHours(1));

  private final MadeAuthority root = MadeAuthority.root(NAME, rsa("root"));
  private final TrustAnchors anchors =
      TrustAnchors.fromPem(MadeAuthority.pem(List.of(root.certificate())));
  private final ListJudge judge = new ListJudge(ListRules.ordinary(), anchors);

  @Test
  void aListOfAnAnchorIsUsableUntilItsNextUpdateAndTheSkew() {
    Standing standing = judge.judge(MadeList.of(root).read(), NOW);

    assertThat(standing)
        .isEqualTo(
            new Usable(
                anchors.certificates().getFirst(),
                HOUR_AGO.plus(Duration.ofDays(1)).plusSeconds(15)));
  }

  @Test
  void aListThatPromisesALongLifeIsUsableOnlyAsLongAsThePolicySays() {
    RevocationList patient = made(HOUR_AGO, Optional.of(NOW.plus(Duration.ofDays(90))));

    Instant last = HOUR_AGO.plus(Duration.ofDays(2)).plusSeconds(15);
    assertThat(judge.judge(patient, last)).isInstanceOf(Usable.class);
    assertThat(judge.judge(patient, last.plusMillis(1)))
        .isEqualTo(new Unusable(UnavailableCause.STALE));
  }

  @Test
  void aListOfAnotherGenerationUnderTheSameNameIsNobodys() {
    assertThat(judge.judge(MadeList.of(root.name(), rsa("older generation")).read(), NOW))
        .isEqualTo(new Unusable(UnavailableCause.SIGNATURE_INVALID));
  }

  @Test
  void whatIsOutOfTimeIsNotKept() {
    assertThat(judge.judge(made(HOUR_AGO, Optional.of(NOW.minusSeconds(16))), NOW))
        .isEqualTo(new Unusable(UnavailableCause.STALE));
    assertThat(judge.judge(made(HOUR_AGO, Optional.empty()), NOW))
        .isEqualTo(new Unusable(UnavailableCause.STALE));
    assertThat(judge.judge(made(NOW.plusSeconds(16), Optional.of(NOW.plusSeconds(99))), NOW))
        .isEqualTo(new Unusable(UnavailableCause.FROM_THE_FUTURE));
  }

  @Test
  void whatIsNoCompleteListOfItsIssuerIsNotKept() {
    assertThat(judge.judge(MadeList.of(root).number(7).deltaOf(6).read(), NOW))
        .isEqualTo(new Unusable(UnavailableCause.DELTA_WITHOUT_BASE));
    assertThat(
            judge.judge(MadeList.of(root).extension(UNKNOWN, true, DERNull.INSTANCE).read(), NOW))
        .isEqualTo(new Unusable(UnavailableCause.CRITICAL_EXTENSION_UNKNOWN));
    assertThat(
            judge.judge(
                MadeList.of(root)
                    .scope(new IssuingDistributionPoint(null, false, false, null, true, false))
                    .read(),
                NOW))
        .isEqualTo(new Unusable(UnavailableCause.INDIRECT_LIST));
  }

  @Test
  void aListFollowsOnlyWhatWasMadeBeforeAndIsNumberedNoHigher() {
    RevocationList first = numbered(HOUR_AGO, 7);
    RevocationList second = numbered(HOUR_AGO.plusSeconds(60), 8);

    assertThat(ListJudge.follows(second, first)).isTrue();
    assertThat(ListJudge.follows(first, first)).isTrue();
    assertThat(ListJudge.follows(first, second)).isFalse();
    assertThat(ListJudge.follows(numbered(HOUR_AGO.plusSeconds(60), 6), first)).isFalse();
    assertThat(ListJudge.follows(made(NOW, Optional.of(NOW.plusSeconds(9))), first)).isFalse();
  }

  private RevocationList numbered(Instant made, long number) {
    return MadeList.at(root.name(), root.key(), made, Optional.of(made.plus(Duration.ofDays(1))))
        .number(number)
        .read();
  }

  private RevocationList made(Instant made, Optional<Instant> next) {
    return MadeList.at(root.name(), root.key(), made, next).read();
  }
}

package jp.kazashi.jpki.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static jp.kazashi.jpki.TestJpki.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import jp.kazashi.jpki.MadeAuthority;
import jp.kazashi.jpki.MadeList;
import jp.kazashi.jpki.TestJpki;
import jp.kazashi.jpki.TestJpki.Card;
import jp.kazashi.jpki.bundle.EvidenceBundle.Lists;
import jp.kazashi.jpki.bundle.JudgeReport.Result;
import jp.kazashi.jpki.bundle.RecordedVerdict.Outcome;
import jp.kazashi.jpki.certificate.CertificateProfile;
import jp.kazashi.jpki.certificate.TrustAnchors;
import jp.kazashi.jpki.certificate.UntrustedCertificate;
import jp.kazashi.jpki.revocation.Freshness;
import jp.kazashi.jpki.revocation.ResponderRules;
import jp.kazashi.jpki.revocation.RevocationEvidence;
import jp.kazashi.jpki.revocation.RevocationEvidence.CrlSnapshot;
import jp.kazashi.jpki.revocation.RevocationEvidence.Trouble;
import jp.kazashi.jpki.revocation.RevocationEvidence.Unanswered;
import jp.kazashi.jpki.statement.ChallengeStatement;
import jp.kazashi.jpki.verdict.JudgePolicy;
import jp.kazashi.jpki.verdict.UntrustedProof;
import org.bouncycastle.asn1.x509.CRLReason;
import org.junit.jupiter.api.Test;

/** Re-judging what was stored: the same verdict from either form, and why. */
class EvidenceBundleTest {
  private static final URI SILENT = URI.create("http://silent.jpki-test.invalid/");
  private final TestJpki jpki = TestJpki.shared();
  private final ChallengeStatement statement = TestJpki.statement();

  @Test
  void bothFormsHoldTheWholeBundle() {
    for (EvidenceBundle bundle : List.of(byResponder(), byList(CRLReason.superseded))) {
      EvidenceBundle judged = bundle.judged();
      EvidenceBundle fromDer = read(judged.der(Lists.INSIDE));
      EvidenceBundle fromJson = read(judged.json(Lists.INSIDE).getBytes(UTF_8));
      for (EvidenceBundle again : List.of(fromDer, fromJson)) {
        assertThat(again.judge()).isEqualTo(bundle.judge());
        assertThat(again.digest()).isEqualTo(bundle.digest());
        assertThat(again.recorded()).contains(RecordedVerdict.of(bundle.judge()));
        assertThat(again.der(Lists.INSIDE)).isEqualTo(judged.der(Lists.INSIDE));
        assertThat(again.json(Lists.INSIDE)).isEqualTo(judged.json(Lists.INSIDE));
      }
    }
  }

  @Test
  void theFormsAreDerAndJsonAndHoldTheStatementAsSigned() {
    EvidenceBundle bundle = byResponder();
    assertThat(bundle.der(Lists.INSIDE)[0]).isEqualTo((byte) 0x30);
    assertThat(bundle.json(Lists.INSIDE))
        .startsWith("{\n  \"format\": \"kazashi.evidence\",\n  \"version\": 1,");
    assertThat(ChallengeStatement.read(statement.bytes())).contains(statement);
  }

  @Test
  void aListThatIsOnlyCitedComesFromTheLibraryAndFromNowhereElse() {
    EvidenceBundle bundle = byList(CRLReason.superseded);
    CrlSnapshot snapshot = (CrlSnapshot) bundle.evidence().getFirst();
    byte[] der = bundle.der(Lists.CITED);
    assertThat(der.length).isLessThan(bundle.der(Lists.INSIDE).length);
    EvidenceBundle again =
        EvidenceBundle.read(
            der,
            digest -> Optional.of(snapshot.list()).filter(list -> list.digest().equals(digest)));
    assertThat(again.judge()).isEqualTo(bundle.judge());
    assertThatThrownBy(() -> read(der))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(snapshot.list().digest().hex());
    assertThatThrownBy(() ->
            EvidenceBundle.read(der, _ -> Optional.of(MadeList.of(authority()).number(9).read())))
        .hasMessage("A revocation list is not the one cited");
  }

  @Test
  void theReportNamesEveryStepAndItsOutcome() {
    JudgeReport report = JudgeReport.of(byResponder());
    assertThat(report.verdict().outcome()).isEqualTo(Outcome.TRUSTED);
    assertThat(report.steps())
        .extracting(JudgeReport.Step::name)
        .containsExactly(
            "size, form and profile",
            "path",
            "phase",
            "revocation of the certificate, " + SILENT,
            "revocation of the certificate, " + TestJpki.RESPONDER,
            "revocation of the certificate",
            "signature");
    assertThat(report.steps())
        .extracting(JudgeReport.Step::result)
        .containsExactly(
            Result.HOLDS,
            Result.HOLDS,
            Result.HOLDS,
            Result.OPEN,
            Result.HOLDS,
            Result.HOLDS,
            Result.HOLDS);
    assertThat(report.text()).contains("TRUSTED", "holds", "card authentication");
  }

  @Test
  void theReportShowsWhereARejectionHappened() {
    EvidenceBundle revoked = byList(CRLReason.keyCompromise, 4711);
    JudgeReport report = JudgeReport.of(revoked);
    assertThat(report.verdict().why()).contains("CERTIFICATE_REVOKED");
    assertThat(report.text()).contains("FAILS", "KEY_COMPROMISE");
    EvidenceBundle bundle = byResponder();
    EvidenceBundle garbage =
        new EvidenceBundle(
            new UntrustedProof(new UntrustedCertificate(new byte[] {1}), new byte[] {2}),
            statement,
            List.of(),
            bundle.policy(),
            NOW,
            Optional.empty());
    assertThat(JudgeReport.of(garbage).steps())
        .extracting(JudgeReport.Step::result)
        .containsExactly(
            Result.FAILS,
            Result.NOT_REACHED,
            Result.NOT_REACHED,
            Result.NOT_REACHED,
            Result.NOT_REACHED);
  }

  @Test
  void aVerdictThatDiffersFromTheRecordedOneIsSeen() {
    EvidenceBundle bundle = byResponder();
    EvidenceBundle forged =
        new EvidenceBundle(
            bundle.proof(),
            bundle.statement(),
            List.of(),
            bundle.policy(),
            bundle.at(),
            Optional.of(RecordedVerdict.of(bundle.judge())));
    assertThat(JudgeReport.of(forged).agrees()).isFalse();
    assertThat(JudgeReport.of(bundle.judged()).agrees()).isTrue();
  }

  @Test
  void everyRuleOfThePolicySurvives() {
    JudgePolicy simple = jpki.policy();
    JudgePolicy policy =
        new JudgePolicy(
            simple.anchors().withAuthoritiesFromPem(authority().pem()),
            List.of(CertificateProfile.testCardAuthentication()),
            simple.expiry(),
            Freshness.ordinary(),
            new ResponderRules(Set.of(SILENT))
                .designating(SILENT, new UntrustedCertificate(authority().certificate())),
            simple.lists());
    EvidenceBundle again = read(byResponder().with(policy).der(Lists.INSIDE));
    assertThat(again.policy().responders()).isEqualTo(policy.responders());
    assertThat(again.policy().anchors().certificates()).isEqualTo(policy.anchors().certificates());
    assertThat(again.policy().anchors().authorities()).hasSize(1);
    assertThat(again.policy().profiles()).isEqualTo(policy.profiles());
    assertThat(again.policy().expiry()).isEqualTo(policy.expiry());
    assertThat(again.policy().freshness()).isEqualTo(policy.freshness());
    assertThat(again.policy().lists()).isEqualTo(policy.lists());
  }

  @Test
  void whatIsNoBundleIsRefusedInWords() {
    String json = byResponder().json(Lists.INSIDE);
    for (String broken :
        List.of(
            "",
            "{",
            "{}",
            "[]",
            "{\"format\": \"kazashi.evidence\", \"version\": 2}",
            json + "x",
            json.replace("\"kind\": \"ocsp\"", "\"kind\": \"oracle\""),
            json.replace("\"signature\"", "\"certificate\""),
            json.replaceFirst("\"at\": [0-9]+", "\"at\": 1e3"),
            json.replace("\"P3M\"", "\"P999999999Y\""))) {
      assertThat(broken).isNotEqualTo(json);
      assertThatThrownBy(() -> read(broken.getBytes(UTF_8)))
          .as(broken.substring(0, Math.min(40, broken.length())))
          .isInstanceOf(IllegalArgumentException.class);
    }
    byte[] der = byResponder().der(Lists.INSIDE);
    for (int length = 0; length < der.length; length += 97) {
      byte[] cut = Arrays.copyOf(der, length);
      assertThatThrownBy(() -> read(cut)).isInstanceOf(IllegalArgumentException.class);
    }
    byte[] octetsInPlaceOfAList = HexFormat.of().parseHex("300830060c0161800101");
    assertThatThrownBy(() -> read(octetsInPlaceOfAList))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** JSON can write it, and DER cannot. */
  @Test
  void halfACharacterIsNoText() {
    String json = byResponder().judged().json(Lists.INSIDE);
    String whole = json.replace("\"NORMAL\"", "\"\\ud83d\\ude00\"");
    String half = json.replace("\"NORMAL\"", "\"\\ud83d\"");
    assertThat(read(whole.getBytes(UTF_8)).recorded().orElseThrow().why()).contains("\ud83d\ude00");
    assertThatThrownBy(() -> read(half.getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("half a character");
  }

  private static EvidenceBundle read(byte[] bytes) {
    return EvidenceBundle.read(bytes, _ -> Optional.empty());
  }

  private EvidenceBundle byResponder() {
    Card card = jpki.card(jpki.issued(LocalDate.of(2030, 2, 17)));
    RevocationEvidence silence = new Unanswered(SILENT, NOW, Trouble.TIMED_OUT);
    return new EvidenceBundle(
        card.proof(statement),
        statement,
        List.of(silence, jpki.asked(card.untrusted(), NOW).getFirst()),
        jpki.policy(),
        NOW,
        Optional.empty());
  }

  private EvidenceBundle byList(int reason) {
    return byList(reason, 1);
  }

  private EvidenceBundle byList(int reason, long serial) {
    Card card =
        new Card(
            authority().holder(MadeAuthority.rsa("holder"), UnaryOperator.identity()),
            MadeAuthority.rsa("holder"));
    return new EvidenceBundle(
        card.proof(statement),
        statement,
        List.of(MadeList.of(authority()).revoked(serial, reason).snapshot()),
        jpki.policy().with(TrustAnchors.fromPem(authority().pem())),
        NOW,
        Optional.empty());
  }

  private static MadeAuthority authority() {
    return MadeAuthority.root("C=JP,O=JPKI-TEST,OU=Root", MadeAuthority.rsa("root"));
  }
}

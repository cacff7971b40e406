package jp.kazashi.jpki.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Base64;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.TestJpki;
import jp.kazashi.simulator.pki.Generation;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrustAnchorsTest {
  private static final LocalDate LAST_DAY = LocalDate.of(2025, 2, 17);

  private final TestJpki jpki = TestJpki.shared();

  @Test
  void aBundleHoldsEveryGenerationAndThePhones() {
    assertThat(jpki.anchors().size()).isEqualTo(4);
    assertThat(TrustAnchors.fromPem(jpki.authority().anchorsPem().repeat(2)).size()).isEqualTo(4);
  }

  @Test
  void wordsAroundTheBlocksAreFine() {
    String pem = "# 利用者証明用認証局\n" + jpki.authority().anchorsPem() + "\nend\n";
    assertThat(TrustAnchors.fromPem(pem).size()).isEqualTo(4);
  }

  @Test
  void anchorsAreNeverEmpty() {
    assertThatThrownBy(() -> TrustAnchors.fromPem(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("At least one trust anchor is needed");
    assertThatThrownBy(() -> TrustAnchors.fromPem("-----BEGIN CERTIFICATE-----"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void oneThatCannotBeAnAnchorRefusesTheBundle() {
    String holders = pem(jpki.issued(LAST_DAY).der());
    assertThatThrownBy(() -> TrustAnchors.fromPem(jpki.authority().anchorsPem() + holders))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A trust anchor must be a CA certificate");
    String cut = jpki.authority().anchorsPem().strip();
    assertThatThrownBy(() -> TrustAnchors.fromPem(cut.substring(0, cut.length() - 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A trust anchor is cut off");
    assertThatThrownBy(() -> TrustAnchors.fromPem(pem(new byte[] {0x30, 0})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A trust anchor is no certificate");
  }

  @ParameterizedTest
  @EnumSource(Generation.class)
  void theGenerationIsFoundByItsKeyIdAmongThoseOfOneName(Generation generation) {
    UntrustedCertificate certificate =
        new UntrustedCertificate(jpki.issued(generation, LAST_DAY).der());
    assertThat(CertId.of(certificate, jpki.anchors()).orElseThrow().issuerKeyHash())
        .isEqualTo(keyHash(generation));
  }

  @ParameterizedTest
  @EnumSource(Generation.class)
  void withoutAKeyIdItIsFoundByItsSignature(Generation generation) {
    byte[] signed =
        jpki.authority()
            .authority(generation)
            .sign(jpki.draft().without(Extension.authorityKeyIdentifier));
    UntrustedCertificate certificate = new UntrustedCertificate(signed);
    assertThat(CertId.of(certificate, jpki.anchors()).orElseThrow().issuerKeyHash())
        .isEqualTo(keyHash(generation));
  }

  @Test
  void whatNobodySignedHasNoIdentityToAskAbout() {
    byte[] signed =
        jpki.draft().without(Extension.authorityKeyIdentifier).signedBy(jpki.key().getPrivate());
    assertThat(CertId.of(new UntrustedCertificate(signed), jpki.anchors())).isEmpty();
  }

  private Octets keyHash(Generation generation) {
    byte[] key =
        SubjectPublicKeyInfo.getInstance(
                jpki.authority().authority(generation).certificate().getPublicKey().getEncoded())
            .getPublicKeyData()
            .getBytes();
    return HashAlgorithm.SHA256.hash(key);
  }

  private static String pem(byte[] der) {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(der)
        + "\n-----END CERTIFICATE-----\n";
  }
}

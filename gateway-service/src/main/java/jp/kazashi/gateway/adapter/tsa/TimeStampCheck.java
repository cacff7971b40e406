package jp.kazashi.gateway.adapter.tsa;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.audit.TimeStampToken;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;

/**
 * Judges RFC 3161 tokens: a token proves that a root was there at a time when the authority signed
 * it, its certificate is one for time stamps, and a path led from it to an anchor at that time.
 */
public final class TimeStampCheck {
  private final Set<TrustAnchor> anchors;

  private TimeStampCheck(Set<TrustAnchor> anchors) {
    this.anchors = anchors;
  }

  /**
   * Trusts the CAs of a PEM file.
   *
   * @throws IOException when it cannot be read or names none
   */
  public static TimeStampCheck trusting(Path file) throws IOException {
    try {
      Collection<? extends Certificate> read =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
      if (read.isEmpty()) {
        throw new IOException(file + " names no CA");
      }
      return new TimeStampCheck(
          read.stream()
              .map(each -> new TrustAnchor((X509Certificate) each, null))
              .collect(Collectors.toUnmodifiableSet()));
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " cannot be read as certificates", e);
    }
  }

  /** When the root was stamped; nothing when this token does not prove it. */
  public Optional<Instant> timeOf(Digest root, TimeStampToken token) {
    try {
      var read = new org.bouncycastle.tsp.TimeStampToken(new CMSSignedData(token.bytes()));
      var info = read.getTimeStampInfo();
      boolean ofThisRoot =
          NISTObjectIdentifiers.id_sha256.equals(info.getMessageImprintAlgOID())
              && Digest.fromBytes(info.getMessageImprintDigest()).equals(root);
      if (!ofThisRoot) {
        return Optional.empty();
      }
      X509Certificate signer = signerOf(read);
      // RFC 3161 §2.3: its only purpose is time stamps, and it was valid then.
      read.validate(new JcaSimpleSignerInfoVerifierBuilder().build(signer));
      findPath(signer, certificatesOf(read), info.getGenTime());
      return Optional.of(info.getGenTime().toInstant());
    } catch (IOException
        | GeneralSecurityException
        | CMSException
        | TSPException
        | OperatorCreationException
        | IllegalArgumentException
        | IllegalStateException
        | ClassCastException notProved) {
      return Optional.empty();
    }
  }

  private static X509Certificate signerOf(org.bouncycastle.tsp.TimeStampToken token)
      throws GeneralSecurityException {
    for (X509CertificateHolder each : token.getCertificates().getMatches(null)) {
      if (token.getSID().match(each)) {
        return new JcaX509CertificateConverter().getCertificate(each);
      }
    }
    throw new GeneralSecurityException("the signer's certificate is not in the token");
  }

  private static List<X509Certificate> certificatesOf(org.bouncycastle.tsp.TimeStampToken token)
      throws GeneralSecurityException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (X509CertificateHolder each : token.getCertificates().getMatches(null)) {
      certificates.add(new JcaX509CertificateConverter().getCertificate(each));
    }
    return certificates;
  }

  private void findPath(X509Certificate signer, List<X509Certificate> known, Date at)
      throws GeneralSecurityException {
    X509CertSelector target = new X509CertSelector();
    target.setCertificate(signer);
    PKIXBuilderParameters wanted = new PKIXBuilderParameters(anchors, target);
    wanted.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(known)));
    wanted.setDate(at);
    // What is sealed must stay provable when lists of that day are gone.
    wanted.setRevocationEnabled(false);
    CertPathBuilder.getInstance("PKIX").build(wanted);
  }
}

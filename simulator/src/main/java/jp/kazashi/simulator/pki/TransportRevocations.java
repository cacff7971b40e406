package jp.kazashi.simulator.pki;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The list of the client certificates that a transport CA took back: a CRL in one file. */
final class TransportRevocations {
  private static final Duration LIFE = Duration.ofDays(365);
  private static final Duration RENEW_BEFORE = Duration.ofDays(30);
  private static final String EC = "SHA256withECDSA";

  private final Path file;
  private final X509Certificate authority;
  private final PrivateKey key;

  TransportRevocations(Path file, X509Certificate authority, PrivateKey key) {
    this.file = file;
    this.authority = authority;
    this.key = key;
  }

  /** Where the list stands; published anew when there is none or it nears its end. */
  Path published(Instant realNow) throws IOException {
    Optional<X509CRL> kept = kept();
    if (kept.isEmpty() || isOld(kept.get(), realNow)) {
      publish(kept, Optional.empty(), realNow);
    }
    return file;
  }

  void add(X509Certificate revoked, Instant realNow) throws IOException {
    Optional<X509CRL> kept = kept();
    boolean known = kept.map(list -> list.getRevokedCertificate(revoked) != null).orElse(false);
    if (!known) {
      publish(kept, Optional.of(revoked.getSerialNumber()), realNow);
    }
  }

  private static boolean isOld(X509CRL list, Instant realNow) {
    return list.getNextUpdate().toInstant().isBefore(realNow.plus(RENEW_BEFORE));
  }

  private void publish(Optional<X509CRL> kept, Optional<BigInteger> added, Instant realNow)
      throws IOException {
    X500Name issuer = X500Name.getInstance(authority.getSubjectX500Principal().getEncoded());
    X509v2CRLBuilder list = new X509v2CRLBuilder(issuer, Date.from(realNow));
    list.setNextUpdate(Date.from(realNow.plus(LIFE)));
    if (kept.isPresent() && kept.get().getRevokedCertificates() != null) {
      for (X509CRLEntry each : kept.get().getRevokedCertificates()) {
        list.addCRLEntry(each.getSerialNumber(), each.getRevocationDate(), CRLReason.keyCompromise);
      }
    }
    added.ifPresent(
        serial -> list.addCRLEntry(serial, Date.from(realNow), CRLReason.keyCompromise));
    list.addExtension(Extension.cRLNumber, false, new CRLNumber(numberAfter(kept)));
    try {
      X509CRLHolder signed = list.build(new JcaContentSignerBuilder(EC).build(key));
      PemFile.writeRevocations(file, signed.getEncoded());
    } catch (OperatorCreationException e) {
      throw new IllegalStateException("Every Java platform signs with P-256", e);
    }
  }

  private static BigInteger numberAfter(Optional<X509CRL> kept) {
    byte[] number =
        kept.map(list -> list.getExtensionValue(Extension.cRLNumber.getId())).orElse(null);
    return number == null
        ? BigInteger.ONE
        : ASN1Integer.getInstance(ASN1OctetString.getInstance(number).getOctets())
            .getValue()
            .add(BigInteger.ONE);
  }

  private Optional<X509CRL> kept() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      return Optional.of((X509CRL) CertificateFactory.getInstance("X.509").generateCRL(in));
    } catch (GeneralSecurityException e) {
      // A list that was lost must not quietly become an empty one.
      throw new IOException("The revocation list " + file + " cannot be read", e);
    }
  }
}

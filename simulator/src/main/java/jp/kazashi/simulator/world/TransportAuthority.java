package jp.kazashi.simulator.world;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The authority behind the TLS of one world: it vouches for the gateway on loopback and for every
 * role. TLS lives in real time, whatever the world's clock says. Its own key is forgotten as soon
 * as all are issued.
 */
final class TransportAuthority {
  private static final Duration LIFE = Duration.ofDays(3650);
  private static final Duration SKEW = Duration.ofDays(1);

  private final SecureRandom random = new SecureRandom();
  private final KeyPair keys = keyPair();
  private final X500Name name = name("Kazashi simulated transport CA", "SIMULATED", "Kazashi");
  private final Instant now;
  private final X509Certificate certificate;

  TransportAuthority(Instant now) throws IOException, GeneralSecurityException {
    this.now = now;
    try {
      X509v3CertificateBuilder draft = draft(name, keys.getPublic());
      draft.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      draft.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
      this.certificate = signed(draft);
    } catch (OperatorCreationException unusable) {
      throw new GeneralSecurityException(unusable);
    }
  }

  /** A key and who vouches for it. */
  record Identity(PrivateKey key, X509Certificate certificate) {}

  X509Certificate certificate() {
    return certificate;
  }

  /** For a server on this machine. */
  Identity server() throws IOException, GeneralSecurityException {
    GeneralNames loopback =
        new GeneralNames(
            new GeneralName[] {
              new GeneralName(GeneralName.dNSName, "localhost"),
              new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
              new GeneralName(GeneralName.iPAddress, "::1")
            });
    return identity(
        name("localhost", "GATEWAY", "Kazashi"), KeyPurposeId.id_kp_serverAuth, loopback);
  }

  /** For a client: CN = terminal or system id, OU = role, O = institution or insurer number. */
  Identity client(String id, String role, String organisation)
      throws IOException, GeneralSecurityException {
    return identity(
        name(id, role, organisation),
        KeyPurposeId.id_kp_clientAuth,
        new GeneralNames(new GeneralName[] {}));
  }

  private Identity identity(X500Name subject, KeyPurposeId purpose, GeneralNames names)
      throws IOException, GeneralSecurityException {
    KeyPair pair = keyPair();
    X509v3CertificateBuilder draft = draft(subject, pair.getPublic());
    draft.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    draft.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    draft.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
    if (names.getNames().length > 0) {
      draft.addExtension(Extension.subjectAlternativeName, false, names);
    }
    try {
      return new Identity(pair.getPrivate(), signed(draft));
    } catch (OperatorCreationException unusable) {
      throw new GeneralSecurityException(unusable);
    }
  }

  private X509v3CertificateBuilder draft(X500Name subject, PublicKey key)
      throws IOException, GeneralSecurityException {
    JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
    return new JcaX509v3CertificateBuilder(
            name,
            new BigInteger(127, random).setBit(126),
            Date.from(now.minus(SKEW)),
            Date.from(now.plus(LIFE)),
            subject,
            key)
        .addExtension(
            Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(key))
        .addExtension(
            Extension.authorityKeyIdentifier,
            false,
            extensions.createAuthorityKeyIdentifier(keys.getPublic()));
  }

  private X509Certificate signed(X509v3CertificateBuilder draft)
      throws OperatorCreationException, GeneralSecurityException {
    return new JcaX509CertificateConverter()
        .getCertificate(
            draft.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
  }

  private KeyPair keyPair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    return generator.generateKeyPair();
  }

  private static X500Name name(String id, String unit, String organisation) {
    return new X500NameBuilder(BCStyle.INSTANCE)
        .addRDN(BCStyle.O, organisation)
        .addRDN(BCStyle.OU, unit)
        .addRDN(BCStyle.CN, id)
        .build();
  }
}

package jp.kazashi.simulator.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.Period;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;

/**
 * The keys of a world's time stamps: a CA of their own, and the one that signs. Both P-384, so that
 * they are made in no time and the next algorithms are in use already. They outlive a JPKI made
 * anew: what was sealed stays provable.
 *
 * @param anchor PEM file of the CA, which whoever verifies trusts
 * @param certificate of the one that signs
 */
public record TimeStampAuthority(
    Path anchor, X509Certificate authority, X509Certificate certificate, PrivateKey key) {
  /** The CA's file in the folder. */
  public static final String ANCHOR = "tsa-ca.pem";

  private static final Period BACK = Period.ofYears(20);
  private static final Period AHEAD = Period.ofYears(40);
  private static final String ALGORITHM = "SHA384withECDSA";
  private static final int SERIAL_BITS = 120;
  private static final String SIGNER = "tsa";

  /** Opens that of a folder, or makes it there as of an instant of the world. */
  public static TimeStampAuthority open(Path folder, Instant worldNow, SecureRandom random)
      throws IOException {
    Path certificate = folder.resolve(SIGNER + ".pem");
    Path key = folder.resolve(SIGNER + ".key.pem");
    Path anchor = folder.resolve(ANCHOR);
    try {
      if (!Files.exists(certificate)) {
        PrivateFile.createFolder(folder);
        TimeStampAuthority made = make(anchor, worldNow, random);
        PemFile.write(anchor, made.authority());
        PemFile.write(key, made.key());
        PemFile.write(certificate, made.certificate());
      }
      return new TimeStampAuthority(
          anchor,
          PemFile.certificate(anchor),
          PemFile.certificate(certificate),
          PemFile.key(key, "EC"));
    } catch (GeneralSecurityException e) {
      throw new IOException("The time stamp authority in " + folder + " cannot be read", e);
    }
  }

  /** One of the same name that nobody trusts. */
  public TimeStampAuthority stranger(SecureRandom random) {
    return make(anchor, authority.getNotBefore().toInstant().plusSeconds(1), random);
  }

  @Override
  public String toString() {
    return "TimeStampAuthority[" + anchor + "]";
  }

  // The CA's own key is forgotten: nothing else is ever signed with it.
  private static TimeStampAuthority make(Path anchor, Instant now, SecureRandom random) {
    KeyPair root = KeyPairs.p384(random);
    KeyPair signer = KeyPairs.p384(random);
    Instant from = now.atZone(CertificateAuthority.TOKYO).minus(BACK).toInstant();
    Instant to = now.atZone(CertificateAuthority.TOKYO).plus(AHEAD).toInstant();
    X500Name rootName = name("Kazashi simulated time stamp CA");
    JcaX509ExtensionUtils keyIds = CertificateAuthority.keyIds();
    CertificateDraft authority =
        new CertificateDraft(
                rootName, rootName, new BigInteger(SERIAL_BITS, random), from, to, root.getPublic())
            .extension(Extension.basicConstraints, true, new BasicConstraints(0))
            .extension(
                Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
            .extension(
                Extension.subjectKeyIdentifier,
                false,
                keyIds.createSubjectKeyIdentifier(root.getPublic()));
    CertificateDraft certificate =
        new CertificateDraft(
                rootName,
                name("Kazashi simulated time stamps"),
                new BigInteger(SERIAL_BITS, random),
                from,
                to,
                signer.getPublic())
            .extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
            // RFC 3161 §2.3: this purpose, no other, and critical.
            .extension(
                Extension.extendedKeyUsage,
                true,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping))
            .extension(
                Extension.authorityKeyIdentifier,
                false,
                keyIds.createAuthorityKeyIdentifier(root.getPublic()));
    return new TimeStampAuthority(
        anchor,
        PemFile.justSigned(authority.signedBy(root.getPrivate(), ALGORITHM)),
        PemFile.justSigned(certificate.signedBy(root.getPrivate(), ALGORITHM)),
        signer.getPrivate());
  }

  private static X500Name name(String common) {
    return new X500NameBuilder(BCStyle.INSTANCE)
        .addRDN(BCStyle.C, new DERPrintableString("JP"))
        .addRDN(BCStyle.O, new DERUTF8String("TSA-TEST"))
        .addRDN(BCStyle.CN, new DERUTF8String(common))
        .build();
  }
}

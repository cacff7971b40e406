package jp.kazashi.jpki;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import jp.kazashi.jpki.certificate.ParsedCertificate;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority in as many tiers as a test likes, made without the simulator and the judge. */
public final class MadeAuthority {
  public static final String TEST_AUTHENTICATION = "1.2.392.200149.8.5.1.0.30";
  private static final Instant FROM = TestJpki.NOW.minus(1000, ChronoUnit.DAYS);
  private static final Instant TO = TestJpki.NOW.plus(1000, ChronoUnit.DAYS);
  private static final ConcurrentHashMap<String, KeyPair> KEYS = new ConcurrentHashMap<>();

  private final X500Name name;
  private final KeyPair key;
  private final byte[] certificate;

  public MadeAuthority(X500Name name, KeyPair key, byte[] certificate) {
    this.name = name;
    this.key = key;
    this.certificate = certificate.clone();
  }

  public X500Name name() {
    return name;
  }

  public KeyPair key() {
    return key;
  }

  public byte[] certificate() {
    return certificate.clone();
  }

  /** One key pair for each name: a test asks for "a", "b" and so on. */
  public static KeyPair rsa(String which) {
    return KEYS.computeIfAbsent("rsa " + which, _ -> generated("RSA", 2048));
  }

  public static KeyPair p384(String which) {
    return KEYS.computeIfAbsent("p384 " + which, _ -> generated("EC", 384));
  }

  private static KeyPair generated(String algorithm, int size) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(size);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** A certificate before it is signed, right in every part. */
  public static final class Sketch {
    private final ExtensionsGenerator extensions = new ExtensionsGenerator();
    private SubjectPublicKeyInfo subjectKey;
    private X500Name subject;
    private BigInteger serial = BigInteger.valueOf(4711);
    private Instant from = FROM;
    private Instant to = TO;

    Sketch(X500Name subject, KeyPair subjectKey) {
      this.subject = subject;
      this.subjectKey = SubjectPublicKeyInfo.getInstance(subjectKey.getPublic().getEncoded());
    }

    public Sketch subject(String name) {
      subject = new X500Name(name);
      return this;
    }

    public Sketch key(SubjectPublicKeyInfo info) {
      subjectKey = info;
      return this;
    }

    public Sketch serial(long number) {
      serial = BigInteger.valueOf(number);
      return this;
    }

    public Sketch serial(BigInteger number) {
      serial = number;
      return this;
    }

    public Sketch from(Instant instant) {
      from = instant;
      return this;
    }

    public Sketch to(Instant instant) {
      to = instant;
      return this;
    }

    public Sketch policies(String... policies) {
      PolicyInformation[] all = new PolicyInformation[policies.length];
      for (int i = 0; i < all.length; i++) {
        all[i] = new PolicyInformation(new ASN1ObjectIdentifier(policies[i]));
      }
      return extension(Extension.certificatePolicies, true, new CertificatePolicies(all));
    }

    public Sketch extension(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {
      try {
        Extension extension = Extension.create(id, critical, value);
        if (extensions.hasExtension(id)) {
          extensions.replaceExtension(extension);
        } else {
          extensions.addExtension(extension);
        }
        return this;
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    public Sketch without(ASN1ObjectIdentifier id) {
      if (extensions.hasExtension(id)) {
        extensions.removeExtension(id);
      }
      return this;
    }

    byte[] signed(X500Name issuer, KeyPair signer) {
      try {
        X509v3CertificateBuilder builder =
            new X509v3CertificateBuilder(
                issuer, serial, Date.from(from), Date.from(to), subject, subjectKey);
        for (ASN1ObjectIdentifier id : extensions.generate().getExtensionOIDs()) {
          builder.addExtension(extensions.getExtension(id));
        }
        String algorithm =
            signer.getPrivate().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA384withECDSA";
        return builder
            .build(new JcaContentSignerBuilder(algorithm).build(signer.getPrivate()))
            .getEncoded();
      } catch (IOException | OperatorCreationException e) {
        throw new AssertionError(e);
      }
    }
  }

  public static MadeAuthority root(String name, KeyPair key) {
    return root(name, key, UnaryOperator.identity());
  }

  public static MadeAuthority root(String name, KeyPair key, UnaryOperator<Sketch> change) {
    X500Name own = new X500Name(name);
    Sketch sketch = change.apply(authoritySketch(own, key));
    return new MadeAuthority(own, key, sketch.signed(own, key));
  }

  /** An authority below this one. */
  public MadeAuthority below(String name, KeyPair itsKey, UnaryOperator<Sketch> change) {
    X500Name its = new X500Name(name);
    Sketch sketch =
        change.apply(
            authoritySketch(its, itsKey)
                .policies(TEST_AUTHENTICATION)
                .extension(
                    Extension.authorityKeyIdentifier,
                    false,
                    keyIds().createAuthorityKeyIdentifier(key.getPublic())));
    return new MadeAuthority(its, itsKey, sketch.signed(name(), key));
  }

  public MadeAuthority below(String name, KeyPair itsKey) {
    return below(name, itsKey, UnaryOperator.identity());
  }

  /** A holder's certificate for user authentication. */
  public byte[] holder(KeyPair holder, UnaryOperator<Sketch> change) {
    Sketch sketch =
        new Sketch(new X500Name("C=JP,CN=NOBODY"), holder)
            .policies(TEST_AUTHENTICATION)
            .extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
            .extension(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))
            .extension(
                Extension.authorityKeyIdentifier,
                false,
                keyIds().createAuthorityKeyIdentifier(key.getPublic()));
    return change.apply(sketch).signed(name, key);
  }

  public byte[] holder(KeyPair holder) {
    return holder(holder, UnaryOperator.identity());
  }

  public String pem() {
    return pem(List.of(certificate));
  }

  public ParsedCertificate parsed() {
    return ParsedCertificate.parse(Octets.of(certificate)).orElseThrow();
  }

  public static String pem(List<byte[]> certificates) {
    StringBuilder pem = new StringBuilder();
    for (byte[] der : certificates) {
      pem.append("-----BEGIN CERTIFICATE-----\n")
          .append(Base64.getMimeEncoder().encodeToString(der))
          .append("\n-----END CERTIFICATE-----\n");
    }
    return pem.toString();
  }

  private static Sketch authoritySketch(X500Name name, KeyPair key) {
    return new Sketch(name, key)
        .serial(7)
        .extension(Extension.basicConstraints, true, new BasicConstraints(true))
        .extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
        .extension(
            Extension.subjectKeyIdentifier,
            false,
            keyIds().createSubjectKeyIdentifier(key.getPublic()));
  }

  private static JcaX509ExtensionUtils keyIds() {
    try {
      return new JcaX509ExtensionUtils();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}

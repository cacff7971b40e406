package jp.kazashi.simulator.pki;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
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

/**
 * Who may talk to whom over TLS in one world: the gateway's certificate, and one for every system
 * with its role. Nothing here has to do with the JPKI; its times are real ones.
 */
public final class TransportCa {
  private static final Duration LIFE = Duration.ofDays(3650);
  private static final Duration SKEW = Duration.ofHours(1);
  private static final Duration RENEW_BEFORE = Duration.ofDays(90);
  private static final int SERIAL_BITS = 120;
  private static final String EC = "SHA256withECDSA";
  private static final String NAME = "transport-ca";
  private static final String TRUST = "trust";

  private final Path folder;
  private final X509Certificate certificate;
  private final PrivateKey key;
  private final SecureRandom random;

  private TransportCa(
      Path folder, X509Certificate certificate, PrivateKey key, SecureRandom random) {
    this.folder = folder;
    this.certificate = certificate;
    this.key = key;
    this.random = random;
  }

  /** Where a system finds its key: PKCS#12, and the same as PEM. */
  public record KeyFiles(Path pkcs12, String password, Path certificate, Path key) {
    @Override
    public String toString() {
      return "KeyFiles[" + pkcs12 + "]";
    }
  }

  /** Where a system finds whom to trust: PKCS#12, and the same as PEM. */
  public record TrustFiles(Path pkcs12, String password, Path certificate) {
    @Override
    public String toString() {
      return "TrustFiles[" + pkcs12 + "]";
    }
  }

  /** Opens the CA of a folder, or makes it there. */
  public static TransportCa open(Path folder, Instant realNow, SecureRandom random)
      throws IOException {
    Path certificate = folder.resolve(NAME + ".pem");
    Path key = folder.resolve(NAME + ".key.pem");
    if (!Files.exists(certificate)) {
      make(folder, certificate, key, realNow, random);
    }
    try {
      return new TransportCa(
          folder, PemFile.certificate(certificate), PemFile.key(key, "EC"), random);
    } catch (GeneralSecurityException e) {
      throw new IOException("The transport CA in " + folder + " cannot be read", e);
    }
  }

  /** The gateway's own, for this machine's names; made anew when it nears its end. */
  public KeyFiles server(String fileName, Instant realNow) throws IOException {
    X500Name subject = common("Kazashi gateway");
    Optional<KeyFiles> kept = kept(fileName, subject, realNow);
    return kept.isPresent() ? kept.get() : makeServer(fileName, subject, realNow);
  }

  private KeyFiles makeServer(String fileName, X500Name subject, Instant realNow)
      throws IOException {
    GeneralNames names =
        new GeneralNames(
            new GeneralName[] {
              new GeneralName(GeneralName.dNSName, "localhost"),
              new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
              new GeneralName(GeneralName.iPAddress, "::1")
            });
    KeyPair pair = KeyPairs.p256(random);
    CertificateDraft draft =
        draft(subject, pair.getPublic(), KeyPurposeId.id_kp_serverAuth, realNow)
            .extension(Extension.subjectAlternativeName, false, names);
    return write(fileName, pair.getPrivate(), draft);
  }

  /**
   * A system's: CN who, OU its role, O the institution or insurer it belongs to; made anew when it
   * nears its end or the file was another's.
   */
  public KeyFiles client(
      String fileName, String system, String role, String organisation, Instant realNow)
      throws IOException {
    X500Name subject =
        new X500NameBuilder(BCStyle.INSTANCE)
            .addRDN(BCStyle.O, organisation)
            .addRDN(BCStyle.OU, role)
            .addRDN(BCStyle.CN, system)
            .build();
    Optional<KeyFiles> kept = kept(fileName, subject, realNow);
    return kept.isPresent() ? kept.get() : makeClient(fileName, subject, realNow);
  }

  private KeyFiles makeClient(String fileName, X500Name subject, Instant realNow)
      throws IOException {
    KeyPair pair = KeyPairs.p256(random);
    return write(
        fileName,
        pair.getPrivate(),
        draft(subject, pair.getPublic(), KeyPurposeId.id_kp_clientAuth, realNow));
  }

  /** The list of what was taken back, in PEM: the gateway reads it again and again. */
  public Path revocations(Instant realNow) throws IOException {
    return revocations().published(realNow);
  }

  /** Takes a system's certificate back and publishes the list that says so. */
  public void revoke(KeyFiles taken, Instant realNow) throws IOException {
    try {
      revocations().add(PemFile.certificate(taken.certificate()), realNow);
    } catch (GeneralSecurityException e) {
      throw new IOException(taken.certificate() + " holds no certificate", e);
    }
  }

  private TransportRevocations revocations() {
    return new TransportRevocations(folder.resolve(NAME + ".crl.pem"), certificate, key);
  }

  /** What all of them trust. */
  public TrustFiles trust() throws IOException {
    Path pkcs12 = folder.resolve(TRUST + ".p12");
    Path password = folder.resolve(TRUST + ".password");
    if (!Files.exists(password)) {
      String word = password();
      store(pkcs12, word, store -> store.setCertificateEntry(NAME, certificate));
      PrivateFile.write(password, word);
    }
    return new TrustFiles(pkcs12, Files.readString(password), folder.resolve(NAME + ".pem"));
  }

  private static void make(
      Path folder, Path certificateFile, Path keyFile, Instant realNow, SecureRandom random)
      throws IOException {
    PrivateFile.createFolder(folder);
    KeyPair pair = KeyPairs.p256(random);
    X500Name name = common("Kazashi simulated transport CA");
    CertificateDraft draft =
        new CertificateDraft(
                name,
                name,
                new BigInteger(SERIAL_BITS, random),
                realNow.minus(SKEW),
                realNow.plus(LIFE),
                pair.getPublic())
            .extension(Extension.basicConstraints, true, new BasicConstraints(0))
            .extension(
                Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    PemFile.write(keyFile, pair.getPrivate());
    PemFile.write(certificateFile, PemFile.justSigned(draft.signedBy(pair.getPrivate(), EC)));
  }

  private CertificateDraft draft(
      X500Name subject, PublicKey holder, KeyPurposeId purpose, Instant realNow) {
    return new CertificateDraft(
            nameOf(certificate),
            subject,
            new BigInteger(SERIAL_BITS, random),
            realNow.minus(SKEW),
            realNow.plus(LIFE).minus(SKEW),
            holder)
        .extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
        .extension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
  }

  /** What was made earlier, if it is whole and still good for a while. */
  private Optional<KeyFiles> kept(String fileName, X500Name subject, Instant realNow)
      throws IOException {
    Path password = folder.resolve(fileName + ".password");
    if (!Files.exists(password)) {
      return Optional.empty();
    }
    KeyFiles files = files(fileName, Files.readString(password, US_ASCII));
    try {
      X509Certificate issued = PemFile.certificate(files.certificate());
      boolean good =
          issued.getNotAfter().toInstant().isAfter(realNow.plus(RENEW_BEFORE))
              && subject.equals(nameOf(issued));
      return good ? Optional.of(files) : Optional.empty();
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private KeyFiles files(String fileName, String password) {
    return new KeyFiles(
        folder.resolve(fileName + ".p12"),
        password,
        folder.resolve(fileName + ".pem"),
        folder.resolve(fileName + ".key.pem"));
  }

  // The password is written last: where it stands, the rest does too.
  private KeyFiles write(String fileName, PrivateKey itsKey, CertificateDraft draft)
      throws IOException {
    KeyFiles files = files(fileName, password());
    char[] password = files.password().toCharArray();
    X509Certificate issued = PemFile.justSigned(draft.signedBy(key, EC));
    Files.deleteIfExists(folder.resolve(fileName + ".password"));
    PemFile.write(files.certificate(), issued);
    PemFile.write(files.key(), itsKey);
    store(
        files.pkcs12(),
        files.password(),
        store ->
            store.setKeyEntry(fileName, itsKey, password, new Certificate[] {issued, certificate}));
    PrivateFile.write(folder.resolve(fileName + ".password"), files.password());
    return files;
  }

  private interface Filling {
    void into(KeyStore store) throws GeneralSecurityException;
  }

  private static void store(Path file, String password, Filling filling) throws IOException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      filling.into(store);
      Files.deleteIfExists(file);
      Files.createFile(
          file,
          PosixFilePermissions.asFileAttribute(
              Set.copyOf(PosixFilePermissions.fromString("rw-------"))));
      try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.WRITE)) {
        store.store(out, password.toCharArray());
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has PKCS#12", e);
    }
  }

  private static X500Name nameOf(X509Certificate named) {
    return X500Name.getInstance(named.getSubjectX500Principal().getEncoded());
  }

  private static X500Name common(String name) {
    return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, name).build();
  }

  private String password() {
    byte[] bytes = new byte[18];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}

package jp.kazashi.gateway.adapter.ops;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/**
 * Whom this node believes at one moment: the CAs of its callers, and what these took back. Callers'
 * certificates are issued by one of the CAs itself; there is nothing between. Its times are real
 * ones, as all of TLS.
 */
public final class PeerTrust {
  private final List<X509Certificate> authorities;
  private final Set<Serial> revoked;
  private final Instant listsEnd;

  private PeerTrust(List<X509Certificate> authorities, Set<Serial> revoked, Instant listsEnd) {
    this.authorities = List.copyOf(authorities);
    this.revoked = Set.copyOf(revoked);
    this.listsEnd = listsEnd;
  }

  /** How a caller stands. */
  public enum Standing {
    GOOD,
    /** Its CA took the certificate back. */
    REVOKED,
    /** None of our CAs issued it, or not any more. */
    STRANGER,
    /** Not yet, or no longer. */
    OUT_OF_TIME,
    /** The lists are older than their makers allow: nobody can be told from one taken back. */
    UNKNOWN
  }

  private record Serial(X500Principal issuer, BigInteger number) {}

  /** Without a list at all nothing is ever revoked: that is for {@code StartupGuard} to refuse. */
  static PeerTrust of(List<X509Certificate> authorities, List<X509CRL> lists) throws BrokenTlsFile {
    if (authorities.isEmpty()) {
      throw new BrokenTlsFile("there is no CA for client certificates");
    }
    Set<Serial> revoked = new HashSet<>();
    Instant end = Instant.MAX;
    for (X509CRL list : lists) {
      if (authorities.stream().noneMatch(authority -> signed(authority, list))) {
        throw new BrokenTlsFile("a revocation list is not signed by a CA for client certificates");
      }
      if (list.getNextUpdate() == null) {
        throw new BrokenTlsFile("a revocation list does not say when the next one comes");
      }
      Instant next = list.getNextUpdate().toInstant();
      end = next.isBefore(end) ? next : end;
      add(list, revoked);
    }
    for (X509Certificate authority : authorities) {
      if (!lists.isEmpty() && lists.stream().noneMatch(list -> signed(authority, list))) {
        throw new BrokenTlsFile(
            "there is no revocation list of " + authority.getSubjectX500Principal());
      }
    }
    return new PeerTrust(authorities, revoked, end);
  }

  private static boolean signed(X509Certificate authority, X509CRL list) {
    if (!authority.getSubjectX500Principal().equals(list.getIssuerX500Principal())) {
      return false;
    }
    try {
      list.verify(authority.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static void add(X509CRL list, Set<Serial> revoked) {
    Set<? extends X509CRLEntry> entries = list.getRevokedCertificates();
    if (entries != null) {
      entries.forEach(
          entry -> revoked.add(new Serial(list.getIssuerX500Principal(), entry.getSerialNumber())));
    }
  }

  /** The whole check; the answer may be kept, but asks {@link #now} again. */
  public Standing of(X509Certificate certificate) {
    if (revoked.contains(
        new Serial(certificate.getIssuerX500Principal(), certificate.getSerialNumber()))) {
      return Standing.REVOKED;
    }
    return authorities.stream().anyMatch(authority -> issued(authority, certificate))
        ? Standing.GOOD
        : Standing.STRANGER;
  }

  private static boolean issued(X509Certificate authority, X509Certificate certificate) {
    if (!authority.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
      return false;
    }
    try {
      certificate.verify(authority.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** What time alone does to a good standing. */
  public Standing now(Standing standing, X509Certificate certificate, Instant realNow) {
    if (standing != Standing.GOOD) {
      return standing;
    }
    if (realNow.isAfter(listsEnd)) {
      return Standing.UNKNOWN;
    }
    boolean inTime =
        !realNow.isBefore(certificate.getNotBefore().toInstant())
            && !realNow.isAfter(certificate.getNotAfter().toInstant());
    return inTime ? Standing.GOOD : Standing.OUT_OF_TIME;
  }

  /** When the first of the lists ends; nothing when there is none. */
  public Optional<Instant> listsEnd() {
    return listsEnd.equals(Instant.MAX) ? Optional.empty() : Optional.of(listsEnd);
  }
}

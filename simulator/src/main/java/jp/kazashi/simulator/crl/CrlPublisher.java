package jp.kazashi.simulator.crl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import jp.kazashi.simulator.pki.CertificateAuthority;
import jp.kazashi.simulator.pki.Issuer;
import jp.kazashi.simulator.pki.PrivateFile;
import jp.kazashi.simulator.pki.Revocation;
import jp.kazashi.simulator.pki.SimulatedJpki;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;

/**
 * Publishes every authority's revocation list: once a day and at every change, with a delta from
 * the day's first one. Expired serials stay on it for ever, and it says so. Safe for use by many
 * threads.
 */
public final class CrlPublisher {
  static final Duration PERIOD = Duration.ofDays(1);
  private static final Duration OVERLAP = Duration.ofHours(1);
  private static final int REMOVE_FROM_CRL = 8;

  private final SimulatedJpki jpki;
  private final Path numberFile;
  private final Map<Issuer, Published> current = new EnumMap<>(Issuer.class);
  private final Map<Issuer, Published> bases = new EnumMap<>(Issuer.class);

  /**
   * For one JPKI.
   *
   * @param numberFile where the last number is kept: it may never come twice
   */
  public CrlPublisher(SimulatedJpki jpki, Path numberFile) {
    this.jpki = jpki;
    this.numberFile = numberFile;
  }

  /** What was published together. */
  public static final class Published {
    private final long number;
    private final Instant at;
    private final long changes;
    private final SortedMap<BigInteger, Revocation> revoked;
    private final byte[] full;
    private final byte[] delta;

    private Published(
        long number,
        Instant at,
        long changes,
        SortedMap<BigInteger, Revocation> revoked,
        byte[] full,
        byte[] delta) {
      this.number = number;
      this.at = at;
      this.changes = changes;
      this.revoked = revoked;
      this.full = full;
      this.delta = delta;
    }

    public long number() {
      return number;
    }

    public byte[] full() {
      return full.clone();
    }

    public byte[] delta() {
      return delta.clone();
    }

    private Published with(byte[] itsFull, byte[] itsDelta) {
      return new Published(number, at, changes, revoked, itsFull, itsDelta);
    }
  }

  /** Which of the two lists. */
  public enum Kind {
    FULL,
    DELTA
  }

  /** The lists in force, published anew where they are due; none of an authority not yet made. */
  public synchronized Optional<Published> current(Issuer issuer, Instant now) {
    if (!jpki.publishes(issuer)) {
      return Optional.empty();
    }
    Published known = current.get(issuer);
    if (known != null && known.changes == jpki.changes() && isOfTheDay(known, now)) {
      return Optional.of(known);
    }
    return Optional.of(publish(issuer, now));
  }

  /** Publishes all anew, with the next request: the clock has jumped, or somebody wants it. */
  public synchronized void republish() {
    current.clear();
    bases.clear();
  }

  /** The list before it is signed, right in every place. */
  public CrlDraft draft(Issuer issuer, Kind kind, Instant now) {
    return draft(issuer, kind, now, _ -> true);
  }

  CrlDraft draft(Issuer issuer, Kind kind, Instant now, Predicate<BigInteger> listed) {
    Published lists =
        current(issuer, now)
            .orElseThrow(() -> new IllegalArgumentException(issuer + " publishes no list"));
    return draft(issuer, kind, lists, base(issuer).orElse(lists), listed);
  }

  private synchronized Optional<Published> base(Issuer issuer) {
    return Optional.ofNullable(bases.get(issuer));
  }

  private Published publish(Issuer issuer, Instant now) {
    Instant at = now.truncatedTo(ChronoUnit.SECONDS);
    Published unsigned =
        new Published(
            nextNumber(), at, jpki.changes(), jpki.revoked(issuer, now), new byte[0], new byte[0]);
    Published base = bases.get(issuer);
    if (base == null || !isOfTheDay(base, now)) {
      base = unsigned;
    }
    CertificateAuthority authority = jpki.authority(issuer);
    Published published =
        unsigned.with(
            draft(issuer, Kind.FULL, unsigned, base, _ -> true).signedBy(authority.key()),
            draft(issuer, Kind.DELTA, unsigned, base, _ -> true).signedBy(authority.key()));
    bases.put(issuer, base);
    current.put(issuer, published);
    return published;
  }

  private static boolean isOfTheDay(Published list, Instant now) {
    return !now.isBefore(list.at) && now.isBefore(list.at.plus(PERIOD));
  }

  private CrlDraft draft(
      Issuer issuer, Kind kind, Published lists, Published base, Predicate<BigInteger> listed) {
    CertificateAuthority authority = jpki.authority(issuer);
    CrlDraft draft =
        new CrlDraft(authority.name(), lists.at)
            .nextUpdate(Optional.of(lists.at.plus(PERIOD).plus(OVERLAP)))
            .extension(Extension.authorityKeyIdentifier, false, authority.keyId())
            .extension(Extension.cRLNumber, false, new ASN1Integer(lists.number()))
            .extension(
                Extension.issuingDistributionPoint,
                true,
                point(authority.distributionPoint(jpki.addresses()), false))
            .expiredSince(authority.certificate().getNotBefore().toInstant());
    switch (kind) {
      case FULL -> {
        draft.extension(Extension.freshestCRL, false, freshest(issuer));
        lists.revoked.forEach((serial, why) -> {
          if (listed.test(serial)) {
            entry(draft, serial, why);
          }
        });
      }
      case DELTA -> {
        draft.extension(Extension.deltaCRLIndicator, true, new ASN1Integer(base.number()));
        since(base, lists)
            .forEach((serial, why) -> {
              if (why.isPresent()) {
                entry(draft, serial, why.get());
              } else {
                draft.entry(serial, lists.at, REMOVE_FROM_CRL);
              }
            });
      }
    }
    return draft;
  }

  private static void entry(CrlDraft draft, BigInteger serial, Revocation why) {
    draft.entry(serial, why.since(), why.reason().code());
  }

  /** What changed: revoked, or, holding nothing, not revoked any more. */
  private static SortedMap<BigInteger, Optional<Revocation>> since(
      Published base, Published lists) {
    SortedMap<BigInteger, Optional<Revocation>> changed = new TreeMap<>();
    lists.revoked.forEach((serial, why) -> {
      if (!why.equals(base.revoked.get(serial))) {
        changed.put(serial, Optional.of(why));
      }
    });
    base.revoked.forEach((serial, _) -> {
      if (!lists.revoked.containsKey(serial)) {
        changed.put(serial, Optional.empty());
      }
    });
    return changed;
  }

  static IssuingDistributionPoint point(DistributionPointName name, boolean indirect) {
    return new IssuingDistributionPoint(name, false, false, null, indirect, false);
  }

  private CRLDistPoint freshest(Issuer issuer) {
    return new CRLDistPoint(
        new DistributionPoint[] {
          new DistributionPoint(
              new DistributionPointName(
                  new GeneralNames(
                      new GeneralName(
                          GeneralName.uniformResourceIdentifier,
                          jpki.addresses().deltaCrl(issuer).toString()))),
              null,
              null)
        });
  }

  private long nextNumber() {
    try {
      long last =
          Files.exists(numberFile) ? Long.parseLong(Files.readString(numberFile).strip()) : 0;
      PrivateFile.write(numberFile, last + 1 + "\n");
      return last + 1;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

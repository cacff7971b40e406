package jp.kazashi.jpki.certificate;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.jspecify.annotations.Nullable;

/**
 * Where revocation is published, as a certificate or a list writes it (RFC 5280 §4.2.1.13).
 *
 * @param names full names of the place; empty when there are none
 * @param relative a name that is to be put behind the list issuer's
 * @param listIssuers who publishes, when it is not the certificate's issuer
 * @param reasons the reasons spoken of, by their bits in ReasonFlags
 */
public record PublicationPoint(
    List<Name> names, Optional<RDN> relative, List<DistinguishedName> listIssuers, int reasons) {
  /** keyCompromise to aACompromise. */
  public static final int ALL_REASONS = 0b1_1111_1110;

  private static final int MOST_REASON_BITS = 9;

  public PublicationPoint {
    names = List.copyOf(names);
    listIssuers = List.copyOf(listIssuers);
  }

  /** A place's name: a directory's, or any other to the letter. */
  public sealed interface Name {
    boolean matches(Name other);

    record Directory(DistinguishedName name) implements Name {
      @Override
      public boolean matches(Name other) {
        return other instanceof Directory(var another) && name.matches(another);
      }
    }

    record Other(GeneralName name) implements Name {
      @Override
      public boolean matches(Name other) {
        return equals(other);
      }
    }
  }

  /** Wherever an issuer publishes. */
  public static PublicationPoint of(DistinguishedName issuer) {
    return new PublicationPoint(
        List.of(new Name.Directory(issuer)), Optional.empty(), List.of(), ALL_REASONS);
  }

  static PublicationPoint of(DistributionPoint point) {
    List<DistinguishedName> issuers =
        point.getCRLIssuer() == null
            ? List.of()
            : names(point.getCRLIssuer()).flatMap(PublicationPoint::directory).toList();
    return of(point.getDistributionPoint(), issuers, point.getReasons());
  }

  /** Reads all of it at once, so that nothing is left to stumble over later. */
  public static PublicationPoint of(
      @Nullable DistributionPointName name,
      List<DistinguishedName> listIssuers,
      @Nullable ASN1BitString reasons) {
    boolean full = name != null && name.getType() == DistributionPointName.FULL_NAME;
    return new PublicationPoint(
        name != null && full ? names(GeneralNames.getInstance(name.getName())).toList() : List.of(),
        name != null && !full ? Optional.of(RDN.getInstance(name.getName())) : Optional.empty(),
        listIssuers,
        reasons(reasons));
  }

  /** The names of the place, with those relative to a list's issuer written out. */
  public List<Name> namesUnder(DistinguishedName listIssuer) {
    return relative
        .map(last -> List.<Name>of(new Name.Directory(listIssuer.with(last))))
        .orElse(names);
  }

  private static Stream<Name> names(GeneralNames names) {
    return Stream.of(names.getNames())
        .map(name ->
            name.getTagNo() == GeneralName.directoryName
                ? new Name.Directory(DistinguishedName.of(X500Name.getInstance(name.getName())))
                : new Name.Other(name));
  }

  private static Stream<DistinguishedName> directory(Name name) {
    return switch (name) {
      case Name.Directory(var directory) -> Stream.of(directory);
      case Name.Other _ -> Stream.empty();
    };
  }

  private static int reasons(@Nullable ASN1BitString flags) {
    if (flags == null) {
      return ALL_REASONS;
    }
    byte[] octets = flags.getBytes();
    int length = Math.min(octets.length * Byte.SIZE - flags.getPadBits(), MOST_REASON_BITS);
    int reasons = 0;
    for (int bit = 0; bit < length; bit++) {
      if ((octets[bit / Byte.SIZE] & 0x80 >>> bit % Byte.SIZE) != 0) {
        reasons |= 1 << bit;
      }
    }
    return reasons & ALL_REASONS;
  }
}

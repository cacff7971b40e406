package jp.kazashi.jpki.certificate;

import java.math.BigInteger;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.jspecify.annotations.Nullable;

/** Which names may follow below the authorities seen so far (RFC 5280 §4.2.1.10, §6.1.4 (g)). */
final class PermittedNames {
  // Every authority narrows: a name must be within one subtree of each that speaks of its kind.
  private final List<List<GeneralName>> permitted = new ArrayList<>();
  private final List<GeneralName> excluded = new ArrayList<>();

  void narrow(NameConstraints constraints) {
    if (constraints.getPermittedSubtrees() != null) {
      permitted.add(bases(constraints.getPermittedSubtrees()));
    }
    if (constraints.getExcludedSubtrees() != null) {
      excluded.addAll(bases(constraints.getExcludedSubtrees()));
    }
  }

  /** Whether every name of the certificate may be there (§6.1.3 (b) and (c)). */
  boolean allow(ParsedCertificate certificate) {
    if (permitted.isEmpty() && excluded.isEmpty()) {
      return true;
    }
    try {
      return names(certificate).allMatch(this::allow);
    } catch (IllegalArgumentException e) {
      // A name of a constrained kind that cannot be read cannot be shown to be permitted.
      return false;
    }
  }

  private boolean allow(GeneralName name) {
    boolean within =
        permitted.stream()
            .map(bases -> bases.stream().filter(base -> sameKind(base, name)).toList())
            .allMatch(
                bases -> bases.isEmpty() || bases.stream().anyMatch(base -> isWithin(name, base)));
    return within
        && excluded.stream().noneMatch(base -> sameKind(base, name) && isWithin(name, base));
  }

  private static Stream<GeneralName> names(ParsedCertificate certificate) {
    List<GeneralName> names = new ArrayList<>(certificate.extensions().alternativeNames());
    DistinguishedName subject = certificate.subject();
    if (!subject.isEmpty()) {
      names.add(
          new GeneralName(
              GeneralName.directoryName, X500Name.getInstance(subject.der().toArray())));
    }
    if (certificate.extensions().alternativeNames().isEmpty()) {
      subject
          .mailAddresses()
          .forEach(mail -> names.add(new GeneralName(GeneralName.rfc822Name, mail)));
    }
    return names.stream();
  }

  private static List<GeneralName> bases(GeneralSubtree[] subtrees) {
    return Arrays.stream(subtrees).map(PermittedNames::base).toList();
  }

  // §4.2.1.10: minimum is always zero and maximum always absent.
  private static GeneralName base(GeneralSubtree subtree) {
    BigInteger minimum = subtree.getMinimum();
    if (subtree.getMaximum() != null || (minimum != null && minimum.signum() != 0)) {
      throw new IllegalArgumentException("A subtree has no minimum and no maximum");
    }
    return subtree.getBase();
  }

  private static boolean sameKind(GeneralName base, GeneralName name) {
    return base.getTagNo() == name.getTagNo();
  }

  private static boolean isWithin(GeneralName name, GeneralName base) {
    return switch (name.getTagNo()) {
      case GeneralName.directoryName -> directory(name).isWithin(directory(base));
      case GeneralName.dNSName -> isHostWithin(text(name), text(base));
      case GeneralName.rfc822Name -> isMailWithin(mail(name), mail(base));
      case GeneralName.uniformResourceIdentifier -> isAddressWithin(text(name), text(base));
      case GeneralName.iPAddress -> isAddressWithin(octets(name), octets(base));
      default -> throw new IllegalArgumentException("A constraint on a kind that is not read");
    };
  }

  // Any labels may be added on the left, or none.
  private static boolean isHostWithin(String host, String base) {
    return base.isEmpty() || host.equals(base) || host.endsWith("." + base);
  }

  private static boolean isMailWithin(String mail, String base) {
    String host = mail.substring(mail.lastIndexOf('@') + 1);
    if (base.contains("@")) {
      return mail.equals(base);
    }
    return base.startsWith(".") ? host.endsWith(base) : host.equals(base);
  }

  private static boolean isAddressWithin(String address, String base) {
    @Nullable String host = URI.create(address).getHost();
    if (host == null) {
      throw new IllegalArgumentException("An address without a host cannot be constrained");
    }
    return base.startsWith(".") ? host.endsWith(base) : host.equals(base);
  }

  // The base is an address and a mask of the same length.
  private static boolean isAddressWithin(byte[] address, byte[] base) {
    if (base.length != 2 * address.length) {
      return false;
    }
    for (int i = 0; i < address.length; i++) {
      if (((address[i] ^ base[i]) & base[i + address.length]) != 0) {
        return false;
      }
    }
    return true;
  }

  private static DistinguishedName directory(GeneralName name) {
    return DistinguishedName.of(X500Name.getInstance(name.getName()));
  }

  private static String text(GeneralName name) {
    return ASN1IA5String.getInstance(name.getName()).getString().toLowerCase(Locale.ROOT);
  }

  // RFC 5280 §7.5: the local part to the letter, the host in any case.
  private static String mail(GeneralName name) {
    String mail = ASN1IA5String.getInstance(name.getName()).getString();
    int host = mail.lastIndexOf('@') + 1;
    return mail.substring(0, host) + mail.substring(host).toLowerCase(Locale.ROOT);
  }

  private static byte[] octets(GeneralName name) {
    return ASN1OctetString.getInstance(name.getName()).getOctets();
  }
}

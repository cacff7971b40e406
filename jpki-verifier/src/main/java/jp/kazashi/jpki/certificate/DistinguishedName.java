package jp.kazashi.jpki.certificate;

import java.io.IOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kazashi.jpki.Octets;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** A Name as it was encoded, compared as RFC 5280 §7.1 says. */
public final class DistinguishedName {
  private static final Pattern SPACES = Pattern.compile("\\s+");

  private final X500Name name;
  private final Octets der;

  private DistinguishedName(X500Name name, Octets der) {
    this.name = name;
    this.der = der;
  }

  public static DistinguishedName of(X500Name name) {
    for (RDN relative : name.getRDNs()) {
      // Read now: Bouncy Castle would stumble over a wrong one only when it is looked at.
      AttributeTypeAndValue[] _ = relative.getTypesAndValues();
    }
    try {
      return new DistinguishedName(name, Octets.of(name.getEncoded(ASN1Encoding.DER)));
    } catch (IOException e) {
      throw new IllegalStateException("Memory does not fail", e);
    }
  }

  public Octets der() {
    return der;
  }

  boolean isEmpty() {
    return name.getRDNs().length == 0;
  }

  /** Whether both name the same: letter case, spaces and the string type make no difference. */
  public boolean matches(DistinguishedName other) {
    return der.equals(other.der) || relativeNames().equals(other.relativeNames());
  }

  /** Whether this name begins with all of another (RFC 5280 §4.2.1.10). */
  boolean isWithin(DistinguishedName subtree) {
    List<Set<String>> own = relativeNames();
    List<Set<String>> base = subtree.relativeNames();
    return base.size() <= own.size() && own.subList(0, base.size()).equals(base);
  }

  /** This name with one relative name behind it (RFC 5280 §4.2.1.13). */
  public DistinguishedName with(RDN relative) {
    RDN[] all = Arrays.copyOf(name.getRDNs(), name.getRDNs().length + 1);
    all[all.length - 1] = relative;
    return of(new X500Name(all));
  }

  /** The mail addresses that older certificates carry in the subject. */
  List<String> mailAddresses() {
    return Arrays.stream(name.getRDNs())
        .flatMap(relative -> Stream.of(relative.getTypesAndValues()))
        .filter(attribute -> BCStyle.EmailAddress.equals(attribute.getType()))
        .map(attribute -> text(attribute.getValue()))
        .toList();
  }

  private List<Set<String>> relativeNames() {
    List<Set<String>> names = new ArrayList<>();
    for (RDN relative : name.getRDNs()) {
      names.add(
          Stream.of(relative.getTypesAndValues())
              .map(DistinguishedName::comparable)
              .collect(Collectors.toUnmodifiableSet()));
    }
    return names;
  }

  private static String comparable(AttributeTypeAndValue attribute) {
    return attribute.getType().getId() + "=" + text(attribute.getValue());
  }

  private static String text(ASN1Encodable value) {
    if (value instanceof ASN1String string && !(value instanceof DERBitString)) {
      try {
        return comparable(string.getString());
      } catch (IllegalArgumentException e) {
        // Not a string of its type: then it is like nothing but its own octets.
        return octets(value);
      }
    }
    return octets(value);
  }

  // §7.1 in the form that matters here: compatibility characters, case and runs of spaces are one.
  private static String comparable(String string) {
    String normal = Normalizer.normalize(string, Normalizer.Form.NFKC).strip();
    return SPACES.matcher(normal).replaceAll(" ").toLowerCase(Locale.ROOT);
  }

  private static String octets(ASN1Encodable value) {
    try {
      return Octets.of(value.toASN1Primitive().getEncoded(ASN1Encoding.DER)).hex();
    } catch (IOException e) {
      throw new IllegalStateException("Memory does not fail", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DistinguishedName name && der.equals(name.der);
  }

  @Override
  public int hashCode() {
    return der.hashCode();
  }

  /** In words, for a report. */
  @Override
  public String toString() {
    return name.toString();
  }
}

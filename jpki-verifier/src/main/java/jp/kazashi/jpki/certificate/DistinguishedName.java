package jp.kazashi.jpki.certificate;

import java.io.IOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kazashi.jpki.DerReader;
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
  // More than a name's part has in any certificate. Normalizing takes the square of the length.
  private static final int LONGEST_COMPARED = 1024;

  private final X500Name name;
  private final List<RDN> relatives;
  private final Octets der;

  private DistinguishedName(X500Name name, Octets der) {
    this.name = name;
    this.relatives = List.of(name.getRDNs());
    this.der = der;
  }

  public static DistinguishedName of(X500Name name) {
    try {
      return of(name, name.getEncoded(ASN1Encoding.DER));
    } catch (IOException e) {
      throw new IllegalStateException("Memory does not fail", e);
    }
  }

  /** A name as it is written in a certificate or a list. */
  public static DistinguishedName of(DerReader.Element element) {
    byte[] der = element.encoding();
    return of(X500Name.getInstance(der), der);
  }

  private static DistinguishedName of(X500Name name, byte[] der) {
    for (RDN relative : name.getRDNs()) {
      // Read now: Bouncy Castle would stumble over a wrong one only when it is looked at.
      AttributeTypeAndValue[] _ = relative.getTypesAndValues();
    }
    return new DistinguishedName(name, Octets.of(der));
  }

  public Octets der() {
    return der;
  }

  boolean isEmpty() {
    return relatives.isEmpty();
  }

  /** Whether both name the same: letter case, spaces and the string type make no difference. */
  public boolean matches(DistinguishedName other) {
    return der.equals(other.der)
        || (relatives.size() == other.relatives.size() && beginsWith(other));
  }

  /** Whether this name begins with all of another (RFC 5280 §4.2.1.10). */
  boolean isWithin(DistinguishedName subtree) {
    return subtree.relatives.size() <= relatives.size() && beginsWith(subtree);
  }

  // One after the other: of a stranger's name no more is made comparable than up to the difference.
  private boolean beginsWith(DistinguishedName base) {
    for (int i = 0; i < base.relatives.size(); i++) {
      if (!isSame(relatives.get(i), base.relatives.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** This name with one relative name behind it (RFC 5280 §4.2.1.13). */
  public DistinguishedName with(RDN relative) {
    List<RDN> all = new ArrayList<>(relatives);
    all.add(relative);
    return of(new X500Name(all.toArray(RDN[]::new)));
  }

  /** The mail addresses that older certificates carry in the subject. */
  List<String> mailAddresses() {
    return relatives.stream()
        .flatMap(relative -> Stream.of(relative.getTypesAndValues()))
        .filter(attribute -> BCStyle.EmailAddress.equals(attribute.getType()))
        .map(attribute -> text(attribute.getValue()))
        .toList();
  }

  private static boolean isSame(RDN one, RDN other) {
    if (one.isMultiValued() || other.isMultiValued()) {
      return comparable(one).equals(comparable(other));
    }
    return isSame(one.getFirst(), other.getFirst());
  }

  private static boolean isSame(AttributeTypeAndValue one, AttributeTypeAndValue other) {
    return one.getType().equals(other.getType())
        && (one.getValue().equals(other.getValue())
            || text(one.getValue()).equals(text(other.getValue())));
  }

  private static Set<String> comparable(RDN relative) {
    return Stream.of(relative.getTypesAndValues())
        .map(DistinguishedName::comparable)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String comparable(AttributeTypeAndValue attribute) {
    return attribute.getType().getId() + "=" + text(attribute.getValue());
  }

  private static String text(ASN1Encodable value) {
    if (value instanceof ASN1String string && !(value instanceof DERBitString)) {
      try {
        String text = string.getString();
        return text.length() <= LONGEST_COMPARED ? comparable(text) : octets(value);
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

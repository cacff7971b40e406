package jp.kazashi.jpki.certificate;

import static jp.kazashi.jpki.DerReader.BOOLEAN;
import static jp.kazashi.jpki.DerReader.IDENTIFIER;
import static jp.kazashi.jpki.DerReader.OCTET_STRING;
import static jp.kazashi.jpki.DerReader.SEQUENCE;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.kazashi.jpki.Der;
import jp.kazashi.jpki.DerReader;
import jp.kazashi.jpki.DerReader.Element;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;

/** A certificate's extensions as they are written (RFC 5280 §4.1). */
final class EncodedExtensions {
  /** Of a certificate without any. */
  static final EncodedExtensions NONE = new EncodedExtensions(DerReader.at(new byte[0], 0));

  private static final int TRUE = 0xff;

  private final Map<ASN1ObjectIdentifier, Element> values = new HashMap<>();
  private final Set<String> present = new HashSet<>();
  private final Set<String> critical = new HashSet<>();

  /**
   * Those of a list of them.
   *
   * @throws IllegalArgumentException when it is none, or one is there twice (§4.2)
   */
  EncodedExtensions(DerReader list) {
    while (list.hasNext()) {
      DerReader extension = list.next(SEQUENCE).inside();
      ASN1ObjectIdentifier identifier =
          ASN1ObjectIdentifier.fromContents(extension.next(IDENTIFIER).contentOctets());
      boolean isCritical = extension.optional(BOOLEAN).map(EncodedExtensions::isTrue).orElse(false);
      if (values.put(identifier, extension.next(OCTET_STRING)) != null) {
        throw new IllegalArgumentException("An extension is there twice");
      }
      extension.end();
      present.add(identifier.getId());
      if (isCritical) {
        critical.add(identifier.getId());
      }
    }
  }

  Set<String> present() {
    return Collections.unmodifiableSet(present);
  }

  Set<String> critical() {
    return Collections.unmodifiableSet(critical);
  }

  /** What one says, where it is there. */
  Optional<ASN1Primitive> value(ASN1ObjectIdentifier identifier) {
    return Optional.ofNullable(values.get(identifier))
        .map(value ->
            Der.read(value.contentOctets())
                .orElseThrow(
                    () -> new IllegalArgumentException("Extension " + identifier + " is broken")));
  }

  // Some write the default out, which DER forbids and nobody refuses.
  private static boolean isTrue(Element truth) {
    byte[] octets = truth.contentOctets();
    if (octets.length != 1 || (octets[0] != 0 && (octets[0] & 0xff) != TRUE)) {
      throw new IllegalArgumentException("A truth is neither");
    }
    return octets[0] != 0;
  }
}

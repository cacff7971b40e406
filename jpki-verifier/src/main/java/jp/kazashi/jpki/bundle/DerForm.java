package jp.kazashi.jpki.bundle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import jp.kazashi.jpki.Der;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.bundle.Value.Bytes;
import jp.kazashi.jpki.bundle.Value.Fields;
import jp.kazashi.jpki.bundle.Value.Items;
import jp.kazashi.jpki.bundle.Value.Text;
import jp.kazashi.jpki.bundle.Value.Truth;
import jp.kazashi.jpki.bundle.Value.Whole;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;

/** A bundle in DER: a record is a sequence of name and value, a list is the same under [0]. */
final class DerForm {
  private DerForm() {}

  static byte[] write(Value value) {
    try {
      return encoded(value).toASN1Primitive().getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new IllegalStateException("Memory does not fail", e);
    }
  }

  static Value read(byte[] bytes) {
    ASN1Primitive read =
        Der.read(bytes).orElseThrow(() -> new IllegalArgumentException("It is not DER"));
    Value value = value(read);
    if (!Arrays.equals(write(value), bytes)) {
      throw new IllegalArgumentException("It is not DER");
    }
    return value;
  }

  private static ASN1Encodable encoded(Value value) {
    return switch (value) {
      case Text(String text) -> new DERUTF8String(text);
      case Whole(long number) -> new ASN1Integer(number);
      case Truth(boolean truth) -> ASN1Boolean.getInstance(truth);
      case Bytes(Octets octets) -> new DEROctetString(octets.toArray());
      case Items(List<Value> items) ->
          new DERTaggedObject(
              false,
              0,
              new DERSequence(items.stream().map(DerForm::encoded).toArray(ASN1Encodable[]::new)));
      case Fields(Map<String, Value> fields) ->
          new DERSequence(
              fields.entrySet().stream()
                  .map(field ->
                      new DERSequence(
                          new ASN1Encodable[] {
                            new DERUTF8String(field.getKey()), encoded(field.getValue())
                          }))
                  .toArray(ASN1Encodable[]::new));
    };
  }

  private static Value value(ASN1Encodable encoded) {
    return switch (encoded.toASN1Primitive()) {
      case ASN1UTF8String text -> new Text(text.getString());
      case ASN1Integer number -> new Whole(Value.exact(number.getValue()));
      case ASN1Boolean truth -> new Truth(truth.isTrue());
      case ASN1OctetString octets -> new Bytes(Octets.of(octets.getOctets()));
      case ASN1TaggedObject tagged when tagged.hasContextTag(0) -> items(tagged);
      case ASN1Sequence sequence -> fields(sequence);
      default -> throw new IllegalArgumentException("A type that no bundle has");
    };
  }

  private static Value items(ASN1TaggedObject tagged) {
    List<Value> items = new ArrayList<>();
    for (ASN1Encodable element : sequence(tagged)) {
      items.add(value(element));
    }
    return new Items(items);
  }

  private static ASN1Sequence sequence(ASN1TaggedObject tagged) {
    try {
      return ASN1Sequence.getInstance(tagged, false);
    } catch (IllegalStateException e) {
      // What Bouncy Castle says of a tag with no elements behind it.
      throw new IllegalArgumentException("A list is a sequence", e);
    }
  }

  private static Value fields(ASN1Sequence sequence) {
    Fields fields = new Fields();
    for (ASN1Encodable element : sequence) {
      ASN1Sequence field = ASN1Sequence.getInstance(element);
      if (field.size() != 2) {
        throw new IllegalArgumentException("A field is a name and a value");
      }
      fields.put(
          ASN1UTF8String.getInstance(field.getObjectAt(0)).getString(),
          value(field.getObjectAt(1)));
    }
    return fields;
  }
}

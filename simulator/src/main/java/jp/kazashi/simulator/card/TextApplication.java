package jp.kazashi.simulator.card;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/** 券面事項入力補助AP: the number and the four attributes as text. */
final class TextApplication implements Application {

  static final Aid AID = new Aid("D3921000310001010408");
  private static final byte[] IDENTIFICATION = HexFormat.of().parseHex("01030E01");
  private static final int OPAQUE = 128;
  private static final int PHYSICAL_NUMBER = 17;

  private final CardContents.Printing printing;
  private final List<ElementaryFile> files;
  private final RandomGenerator random;

  TextApplication(
      String card, CardContents.Printing printing, PinCounters counters, RandomGenerator random) {
    this.printing = printing;
    this.random = random;
    PinReference pin = PinReference.attributes(card);
    PinReference a = PinReference.printed(card, "text", "a");
    PinReference b = PinReference.printed(card, "text", "b");
    CardFace face = printing.face();
    byte[] number = number(face);
    byte[] attributes = attributes(face);
    this.files =
        List.of(
            new ElementaryFile.Transparent(0x0001, Access.anyOf(pin, a), number),
            ElementaryFile.Transparent.padded(0x0002, Access.anyOf(pin, b), attributes),
            new ElementaryFile.Transparent(
                0x0003, Access.anyOf(pin, a, b), signatures(number, face)),
            ElementaryFile.Transparent.free(0x0004, printing.issuer().certificate()),
            ElementaryFile.Transparent.free(0x0005, basicData()),
            new ElementaryFile.Transparent(0x0006, Access.anyOf(pin, a, b), sessionKey()),
            new ElementaryFile.Transparent(0x0007, Access.anyOf(pin, a, b), presenceKey()),
            ElementaryFile.Transparent.free(
                0x0008, ElementaryFile.Transparent.filled(new byte[0], 16)),
            ElementaryFile.pin(
                0x0011,
                pin,
                face.pin(),
                counters,
                ElementaryFile.Pin.Change.BY_CHANGE_REFERENCE_DATA),
            new ElementaryFile.BlockedPin(0x0012),
            printed(0x0014, a, face.number(), counters),
            printed(0x0015, b, face.verificationNumberB(), counters));
  }

  private static byte[] number(CardFace face) {
    byte[] value = Tlv.of(0xFF10, face.number().getBytes(StandardCharsets.US_ASCII));
    return ElementaryFile.Transparent.filled(value, PHYSICAL_NUMBER);
  }

  private static byte[][] fields(CardFace face) {
    return new byte[][] {
      Tlv.of(0xDF22, face.nameBytes()),
      Tlv.of(0xDF23, face.addressBytes()),
      Tlv.of(0xDF24, face.birthDay().getBytes(StandardCharsets.US_ASCII)),
      Tlv.of(0xDF25, face.sex().bytes())
    };
  }

  private static byte[] attributes(CardFace face) {
    return OffsetTable.before(0xFF20, 0xDF21, fields(face));
  }

  private byte[] signatures(byte[] number, CardFace face) {
    byte[] ofNumber = Tlv.of(0xDF31, SignatureScheme.sha256(number));
    byte[] ofAttributes = Tlv.of(0xDF32, SignatureScheme.sha256(Tlv.joined(fields(face))));
    return Tlv.of(
        0xFF30,
        ofNumber,
        ofAttributes,
        Tlv.of(0xDF33, printing.issuer().sign(ofNumber, ofAttributes)));
  }

  private byte[] basicData() {
    return Tlv.of(
        0xFF40,
        Tlv.of(0xDF41, IDENTIFICATION),
        Tlv.of(0xDF42, printing.issuer().keyId()),
        Tlv.of(0xDF43, new byte[OPAQUE]));
  }

  private byte[] sessionKey() {
    return Tlv.of(0xA1, Rsa.publicKey(printing.presence().getPublic()));
  }

  private byte[] presenceKey() {
    byte[] key = Tlv.of(0xDF51, Rsa.publicKey(printing.presence().getPublic()));
    return Tlv.of(0xFF50, key, Tlv.of(0xDF52, printing.issuer().sign(key)));
  }

  static ElementaryFile printed(
      int id, PinReference reference, String digits, PinCounters counters) {
    return new ElementaryFile.Pin(
        id, new PinDigits(reference, digits, counters), ElementaryFile.Pin.Change.NEVER);
  }

  @Override
  public Aid aid() {
    return AID;
  }

  @Override
  public Selection select() {
    return new PresenceSelection(
        new FileSelection(files, random), printing.presence().getPrivate());
  }
}

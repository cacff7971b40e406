package jp.kazashi.simulator.card;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/** 券面事項確認AP: the face of the card as pictures. */
final class FaceApplication implements Application {

  static final Aid AID = new Aid("D3921000310001010402");
  private static final byte[] IDENTIFICATION = HexFormat.of().parseHex("06030E01");
  private static final int OPAQUE = 256;

  private final CardContents.Printing printing;
  private final List<ElementaryFile> files;
  private final RandomGenerator random;

  FaceApplication(
      String card, CardContents.Printing printing, PinCounters counters, RandomGenerator random) {
    this.printing = printing;
    this.random = random;
    PinReference birthDate = PinReference.printed(card, "face", "birth-date");
    PinReference b = PinReference.faceNumber(card);
    PinReference a = PinReference.printed(card, "face", "a");
    CardFace face = printing.face();
    this.files =
        List.of(
            new ElementaryFile.Transparent(0x0001, Access.anyOf(birthDate), age(face)),
            ElementaryFile.Transparent.padded(0x0002, Access.anyOf(a, b), picture(face)),
            ElementaryFile.Transparent.free(0x0003, basicData(face)),
            ElementaryFile.Transparent.free(0x0004, printing.issuer().certificate()),
            new ElementaryFile.Transparent(0x0005, Access.anyOf(a), number(face)),
            ElementaryFile.Transparent.free(
                0x0006, ElementaryFile.Transparent.filled(new byte[0], 16)),
            TextApplication.printed(0x0011, birthDate, face.birthDateDigits(), counters),
            TextApplication.printed(0x0012, b, face.verificationNumberB(), counters),
            TextApplication.printed(0x0013, a, face.number(), counters));
  }

  private byte[] age(CardFace face) {
    byte[] birth = Tlv.of(0xDF11, ascii(face.birthDay()));
    byte[] key = key(0xDF12);
    return Tlv.of(0xFF10, birth, key, Tlv.of(0xDF13, printing.issuer().sign(birth, key)));
  }

  private byte[] picture(CardFace face) {
    byte[] birth = Tlv.of(0xDF22, ascii(face.birthDay()));
    byte[] sex = Tlv.of(0xDF23, face.sex().bytes());
    byte[] key = key(0xDF24);
    byte[] name = Tlv.of(0xDF25, FaceText.drawn(face.name()));
    byte[] address = Tlv.of(0xDF26, FaceText.drawn(face.address()));
    byte[] portrait = Tlv.of(0xDF27, face.portrait());
    // Three groups, hashed apart: a verifier may check the person without the pictures.
    byte[] signature =
        Tlv.of(
            0xDF28,
            printing
                .issuer()
                .sign(
                    SignatureScheme.sha256(Tlv.joined(birth, sex, key)),
                    SignatureScheme.sha256(Tlv.joined(name, address)),
                    SignatureScheme.sha256(portrait)));
    return OffsetTable.before(
        0xFF20,
        0xDF21,
        birth,
        sex,
        key,
        name,
        address,
        portrait,
        signature,
        Tlv.of(0xDF29, ascii(face.lastDay())),
        Tlv.of(0xDF2A, FaceText.digits(face.securityCode())));
  }

  private byte[] basicData(CardFace face) {
    return Tlv.of(
        0xFF30,
        Tlv.of(0xDF31, IDENTIFICATION),
        Tlv.of(0xDF32, printing.issuer().keyId()),
        Tlv.of(0xDF33, new byte[] {1}),
        Tlv.of(0xDF34, ascii(face.municipality())),
        Tlv.of(0xDF35, printing.issuer().keyId(), new byte[OPAQUE]));
  }

  private byte[] number(CardFace face) {
    byte[] drawn = Tlv.of(0xDF41, FaceText.digits(face.number()));
    byte[] key = key(0xDF42);
    return Tlv.of(0xFF40, drawn, key, Tlv.of(0xDF43, printing.issuer().sign(drawn, key)));
  }

  private byte[] key(int tag) {
    return Tlv.of(tag, Rsa.publicKey(printing.presence().getPublic()));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
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

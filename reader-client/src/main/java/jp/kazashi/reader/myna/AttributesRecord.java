package jp.kazashi.reader.myna;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import jp.kazashi.reader.myna.Attributes.Sex;

/** Reads the four attributes out of what the card holds. */
final class AttributesRecord {

  private AttributesRecord() {}

  /** Empty if it is not what a card writes. */
  static Optional<Attributes> read(byte[] file) {
    return FaceRecord.of(file, TextApplet.RECORD)
        .flatMap(fields ->
            text(fields, TextApplet.NAME)
                .flatMap(name ->
                    text(fields, TextApplet.ADDRESS)
                        .flatMap(address ->
                            text(fields, TextApplet.BIRTH_DATE)
                                .flatMap(AttributesRecord::day)
                                .flatMap(birth ->
                                    text(fields, TextApplet.SEX)
                                        .flatMap(AttributesRecord::sex)
                                        .map(sex -> new Attributes(name, address, birth, sex))))));
  }

  private static Optional<String> text(FaceRecord fields, int tag) {
    return fields.field(tag).flatMap(AttributesRecord::utf8);
  }

  private static Optional<String> utf8(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.isBlank() ? Optional.empty() : Optional.of(text);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static Optional<LocalDate> day(String digits) {
    try {
      return Optional.of(LocalDate.parse(digits, DateTimeFormatter.BASIC_ISO_DATE));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Sex> sex(String code) {
    return switch (code) {
      case "0" -> Optional.of(Sex.UNKNOWN);
      case "1" -> Optional.of(Sex.MALE);
      case "2" -> Optional.of(Sex.FEMALE);
      case "9" -> Optional.of(Sex.NOT_APPLICABLE);
      default -> Optional.empty();
    };
  }
}

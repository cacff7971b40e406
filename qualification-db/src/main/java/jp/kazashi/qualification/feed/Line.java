package jp.kazashi.qualification.feed;

import java.util.Map;
import java.util.Optional;
import jp.kazashi.qualification.intake.FeedLine;
import jp.kazashi.qualification.intake.IntakeKind;
import jp.kazashi.qualification.intake.LineType;
import jp.kazashi.qualification.intake.ReadLine;
import jp.kazashi.qualification.intake.RejectedLine;
import org.jspecify.annotations.Nullable;

/** Makes a line of its fields, with the type and the id taken out of them. */
final class Line {
  private Line() {}

  static ReadLine of(
      IntakeKind intake, Map<String, @Nullable String> fields, byte[] bytes, int number) {
    String sent = fields.remove("line");
    String id = sent == null || sent.isBlank() ? Integer.toString(number) : sent;
    String word = fields.remove("type");
    Optional<LineType> type =
        LineType.ofWord(word == null ? "" : word).filter(each -> each.belongsTo(intake));
    if (type.isEmpty()) {
      return new RejectedLine(id, "type", "is no type of line of this intake");
    }
    for (String field : fields.keySet()) {
      if (!type.get().has(field)) {
        return new RejectedLine(id, field, "is unknown in a " + type.get().word());
      }
    }
    return FeedLine.of(type.get(), id, fields, bytes);
  }
}

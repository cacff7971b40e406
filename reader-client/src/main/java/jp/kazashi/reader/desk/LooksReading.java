package jp.kazashi.reader.desk;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jp.kazashi.consent.MedicalCategory;
import jp.kazashi.consent.desk.LookBook;
import jp.kazashi.reader.link.Receipt;
import org.jspecify.annotations.Nullable;

/** Who of the institution looked at whom, as the gateway tells it. */
final class LooksReading {

  private LooksReading() {}

  static String path(LookBook.Asked asked) {
    String query = asked.query();
    return "/v1/staff/looks" + (query.isEmpty() ? "" : "?" + query);
  }

  /** A page as the gateway writes it. */
  record LooksBody(LocalDate from, LocalDate to, List<LookBody> looks, @Nullable String nextPage) {
    LookBook read() {
      return new LookBook(
          from, to, looks.stream().map(LookBody::read).toList(), Optional.ofNullable(nextPage));
    }
  }

  /**
   * One look; of words that a later gateway may have this desk knows that it does not know them.
   */
  record LookBody(
      Instant at,
      String what,
      @Nullable String category,
      String ground,
      boolean list,
      boolean shown,
      String system,
      @Nullable StaffNameBody staff,
      @Nullable String checkId,
      List<String> referenceNumbers,
      Receipt receipt) {
    LookBook.Look read() {
      return new LookBook.Look(
          at,
          Optional.ofNullable(staff).map(StaffNameBody::read),
          system,
          word(LookBook.What.values(), what, LookBook.What.OTHER),
          Optional.ofNullable(category).flatMap(MedicalCategory::named),
          word(LookBook.Ground.values(), ground, LookBook.Ground.OTHER),
          list,
          shown,
          referenceNumbers,
          Optional.ofNullable(checkId).orElse(""),
          receipt.chain() + "/" + receipt.number());
    }
  }

  /** Who it was. */
  record StaffNameBody(String id, @Nullable String login, @Nullable String name) {
    LookBook.Who read() {
      return new LookBook.Who(
          Optional.ofNullable(login).orElse(id), Optional.ofNullable(name).orElse(id));
    }
  }

  private static <E extends Enum<E>> E word(E[] known, String word, E otherwise) {
    return Stream.of(known).filter(one -> one.name().equals(word)).findFirst().orElse(otherwise);
  }
}

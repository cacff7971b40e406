package jp.kazashi.qualification.coverage;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an insurer certifies beside the qualification itself, each with dates of its own. */
public record Certificates(
    @Nullable LimitCertificate limit,
    @Nullable ElderlyCertificate elderly,
    List<SpecificDiseaseCertificate> specificDiseases) {
  public Certificates {
    specificDiseases = List.copyOf(specificDiseases);
    if (specificDiseases.size() > 3) {
      throw new IllegalArgumentException("There are at most 3 specific diseases");
    }
  }

  public static Certificates none() {
    return new Certificates(null, null, List.of());
  }

  /** Those that hold on that day. */
  public Certificates on(LocalDate date) {
    return new Certificates(
        limit != null && limit.valid().contains(date) ? limit : null,
        elderly != null && elderly.valid().contains(date) ? elderly : null,
        specificDiseases.stream().filter(each -> each.valid().contains(date)).toList());
  }
}

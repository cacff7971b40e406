package jp.kazashi.reader.link;

import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import jp.kazashi.consent.MedicalCategory;

/**
 * The gateway's answer.
 *
 * @param offeredConsents what the patient may be asked about, and nothing else
 */
public record Answer(
    CheckId checkId,
    CertificateStanding certificate,
    Qualification qualification,
    List<Qualification> qualifications,
    Set<MedicalCategory> offeredConsents,
    List<Notice> notices,
    Receipt receipt) {

  public Answer {
    qualifications = List.copyOf(qualifications);
    offeredConsents = Set.copyOf(offeredConsents);
    notices = List.copyOf(notices);
  }

  /** The offered consents in the order in which they are asked. */
  public SortedSet<MedicalCategory> offeredInOrder() {
    return new TreeSet<>(offeredConsents);
  }
}

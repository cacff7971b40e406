package jp.kazashi.reader.link;

import java.time.Instant;
import java.util.Set;
import jp.kazashi.consent.MedicalCategory;

/** What the gateway recorded that this institution may read, and until when. */
public record Grants(
    CheckId checkId, Set<MedicalCategory> categories, Instant expiresAt, Receipt receipt) {

  public Grants {
    categories = Set.copyOf(categories);
  }
}

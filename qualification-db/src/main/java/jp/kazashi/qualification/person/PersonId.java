package jp.kazashi.qualification.person;

import java.util.UUID;

/** Our own key of a person; means nothing outside this store. */
public record PersonId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}

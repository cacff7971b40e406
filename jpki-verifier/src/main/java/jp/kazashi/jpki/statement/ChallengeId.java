package jp.kazashi.jpki.statement;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

public record ChallengeId(UUID value) {
  public ChallengeId {
    requireNonNull(value, "value");
  }

  @Override
  public String toString() {
    return value.toString();
  }
}

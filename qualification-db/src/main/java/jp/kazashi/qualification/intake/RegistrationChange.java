package jp.kazashi.qualification.intake;

import jp.kazashi.qualification.holder.Registration;

public sealed interface RegistrationChange {
  record Begin(Registration registration) implements RegistrationChange {}

  record BeginAgain(Registration registration) implements RegistrationChange {}
}

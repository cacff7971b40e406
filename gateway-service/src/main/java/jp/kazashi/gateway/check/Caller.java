package jp.kazashi.gateway.check;

import java.util.Optional;
import jp.kazashi.jpki.statement.TerminalId;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.institution.Actor;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.staff.StaffAccount;

/** Who asks: what its client certificate proves, never what a request claims. */
public record Caller(
    Role role,
    String system,
    String organisation,
    Digest certificate,
    Optional<StaffAccount> staff) {
  /** What a client certificate may be for. */
  public enum Role {
    READER,
    RECEIPT,
    VIEWER,
    INSURER,
    OPERATOR
  }

  /** A system, with nobody signed in. */
  public Caller(Role role, String system, String organisation, Digest certificate) {
    this(role, system, organisation, certificate, Optional.empty());
  }

  public Caller with(StaffAccount signedIn) {
    return new Caller(role, system, organisation, certificate, Optional.of(signedIn));
  }

  /** Only of a caller that belongs to one. */
  public InstitutionCode institution() {
    return new InstitutionCode(organisation);
  }

  /** The same, as the signed statement names it. */
  jp.kazashi.jpki.statement.InstitutionCode statedInstitution() {
    return new jp.kazashi.jpki.statement.InstitutionCode(organisation);
  }

  /** As the signed statement names it. */
  TerminalId statedTerminal() {
    return new TerminalId(system);
  }

  public Actor actor() {
    Actor actor = new Actor(organisation, role.name(), system, certificate);
    return staff.map(signedIn -> actor.with(signedIn.id())).orElse(actor);
  }
}

package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jp.kazashi.qualification.holder.HolderLink;
import jp.kazashi.qualification.holder.Registration;
import jp.kazashi.qualification.intake.RegistrationChange;
import jp.kazashi.qualification.intake.RegistrationLine;
import jp.kazashi.qualification.intake.RegistrationRule;
import jp.kazashi.qualification.store.IntakeBatch;
import jp.kazashi.qualification.store.IntakeReport;
import jp.kazashi.qualification.store.TakeInRegistrations;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

public final class RegistrationIntake implements TakeInRegistrations {
  private final Feed<RegistrationLine, RegistrationChange> feed;

  public RegistrationIntake(Mutiny.SessionFactory sessions) {
    this.feed =
        new Feed<>(
            new Database(sessions),
            "people",
            (session, batch, lines, takenBefore, known) ->
                registered(session, lines)
                    .map(registered ->
                        RegistrationRule.judge(
                            lines, takenBefore, known, registered, batch.sender())),
            RegistrationIntake::write);
  }

  @Override
  public Uni<IntakeReport> take(IntakeBatch batch, List<RegistrationLine> lines) {
    return feed.take(batch, lines);
  }

  private static Uni<Map<HolderLink, Registration>> registered(
      StatelessSession session, List<RegistrationLine> lines) {
    Set<String> links = new LinkedHashSet<>(Set.of(""));
    for (RegistrationLine line : lines) {
      if (line.holderLink() != null && line.holderLink().indexOf('\0') < 0) {
        links.add(line.holderLink());
      }
    }
    return session
        .createSelectionQuery("from HolderLinkRow l where l.opaque in :links", HolderLinkRow.class)
        .setParameter("links", links)
        .getResultList()
        .map(rows ->
            rows.stream()
                .map(HolderLinkRow::registration)
                .collect(Collectors.toMap(Registration::link, each -> each)));
  }

  private static Uni<Void> write(StatelessSession session, List<RegistrationChange> changes) {
    Uni<Void> written = Uni.createFrom().voidItem();
    for (RegistrationChange change : changes) {
      written =
          written.chain(() ->
              switch (change) {
                case RegistrationChange.Begin begin ->
                    session.insert(HolderLinkRow.of(begin.registration()));
                case RegistrationChange.BeginAgain again ->
                    beginAgain(session, again.registration());
              });
    }
    return written;
  }

  private static Uni<Void> beginAgain(StatelessSession session, Registration registration) {
    return session
        .createMutationQuery(
            "update HolderLinkRow l set l.registeredAt = :at, l.endedAt = null where l.opaque ="
                + " :link")
        .setParameter("at", registration.registeredAt())
        .setParameter("link", registration.link().opaque())
        .executeUpdate()
        .replaceWithVoid();
  }
}

package jp.kazashi.consent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The consent questions in their order: everything but surgery together, with a one-by-one path;
 * surgery by itself. It only ever asks about what was offered, so nothing else can be granted.
 */
public final class ConsentDialogue {

  private final List<ConsentQuestion> ahead;
  private final Set<MedicalCategory> granted;
  private final Optional<ConsentDialogue> before;

  private ConsentDialogue(
      List<ConsentQuestion> ahead, Set<MedicalCategory> granted, Optional<ConsentDialogue> before) {
    this.ahead = List.copyOf(ahead);
    this.granted = granted.isEmpty() ? Set.of() : EnumSet.copyOf(granted);
    this.before = before;
  }

  public static ConsentDialogue about(Collection<MedicalCategory> offered) {
    List<ConsentQuestion> questions = new ArrayList<>();
    List<MedicalCategory> bundled =
        offered.stream()
            .distinct()
            .sorted()
            .filter(category -> category != MedicalCategory.SURGERY)
            .toList();
    if (bundled.size() > 1) {
      questions.add(new ConsentQuestion.Together(bundled));
    } else {
      bundled.forEach(category -> questions.add(new ConsentQuestion.One(category)));
    }
    if (offered.contains(MedicalCategory.SURGERY)) {
      questions.add(new ConsentQuestion.One(MedicalCategory.SURGERY));
    }
    return new ConsentDialogue(questions, Set.of(), Optional.empty());
  }

  /** The question to ask now; empty when all are answered. */
  public Optional<ConsentQuestion> question() {
    return ahead.stream().findFirst();
  }

  public boolean canGoBack() {
    return before.isPresent();
  }

  /** What was granted by the answers so far. */
  public Set<MedicalCategory> granted() {
    return Set.copyOf(granted);
  }

  /** The dialogue after this reply; a reply that does not fit the question changes nothing. */
  public ConsentDialogue answered(ConsentReply reply) {
    if (ahead.isEmpty()) {
      return this;
    }
    return switch (reply) {
      case YES -> next(ahead.getFirst().categories());
      case NO -> next(List.of());
      case ONE_BY_ONE -> apart(ahead.getFirst());
      case BACK -> before.orElse(this);
    };
  }

  private ConsentDialogue next(List<MedicalCategory> agreed) {
    Set<MedicalCategory> now = EnumSet.noneOf(MedicalCategory.class);
    now.addAll(granted);
    now.addAll(agreed);
    return new ConsentDialogue(ahead.subList(1, ahead.size()), now, Optional.of(this));
  }

  private ConsentDialogue apart(ConsentQuestion question) {
    return switch (question) {
      case ConsentQuestion.One one -> this;
      case ConsentQuestion.Together together -> {
        List<ConsentQuestion> questions = new ArrayList<>();
        together.categories().forEach(one -> questions.add(new ConsentQuestion.One(one)));
        questions.addAll(ahead.subList(1, ahead.size()));
        yield new ConsentDialogue(questions, granted, Optional.of(this));
      }
    };
  }
}

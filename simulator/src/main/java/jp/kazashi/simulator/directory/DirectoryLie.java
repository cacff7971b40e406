package jp.kazashi.simulator.directory;

import java.util.List;
import jp.kazashi.simulator.wire.Choice;

/** What can be wrong about the directory's answer itself. */
public sealed interface DirectoryLie {
  record KnowsNobody() implements DirectoryLie {}

  record NoJson() implements DirectoryLie {}

  record HalfOfIt() implements DirectoryLie {}

  /** Each by the name under which it can be asked for. */
  static List<Choice<DirectoryLie>> choices() {
    return List.of(
        Choice.lie("unknown", "knows nobody", new KnowsNobody()),
        Choice.lie("malformed", "a page of HTML in the answer's media type", new NoJson()),
        Choice.lie("truncated", "the first half of the answer, as if it were all", new HalfOfIt()));
  }
}

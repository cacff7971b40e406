package jp.kazashi.gateway.port;

import java.util.Optional;
import jp.kazashi.gateway.check.LookUp;

/** Lines of a bulk look-up, as they are asked and as they are answered. */
public interface BulkLines {
  /** Nothing when the line asks nothing that could be looked up. */
  Optional<LookUp.Question> question(String line);

  String answer(int number, String line, LookUp.Outcome outcome);

  String unreadable(int number, String line);
}

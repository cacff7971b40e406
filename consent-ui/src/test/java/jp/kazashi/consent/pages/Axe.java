package jp.kazashi.consent.pages;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/** What axe-core finds wrong with a page: WCAG 2.2 AA and its best practices. */
final class Axe {

  private static final String FAULTS =
      """
      () => axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa",
          "best-practice"], rules: {"target-size": {enabled: true}}, resultTypes: ["violations"]})
        .then(found => found.violations.flatMap(
          fault => fault.nodes.map(node => fault.id + ": " + node.target + " " + node.failureSummary)))
      """;

  private final String script;

  private Axe(String script) {
    this.script = script;
  }

  static Axe ofItsJar() throws IOException {
    try (InputStream script = Axe.class.getResourceAsStream("/axe.min.js")) {
      if (script == null) {
        throw new IOException("axe.min.js is not on the class path");
      }
      return new Axe(new String(script.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** Into a page, which it leaves again with the next one. */
  void into(Page page) {
    if (!Boolean.TRUE.equals(page.evaluate("() => 'axe' in window"))) {
      page.evaluate(script);
    }
  }

  /** Of the page as it is now. */
  Collection<?> faults(Page page) {
    into(page);
    return (Collection<?>) page.evaluate(FAULTS);
  }
}

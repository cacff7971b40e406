package jp.kazashi.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The Chromium of this machine; nothing is downloaded for it. */
final class Browser implements AutoCloseable {
  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser chromium;

  /** Worlds beside each other are slow: how long a screen takes is not what is asked here. */
  private static final double PATIENCE_MILLIS = 30_000;

  private Browser(Path program) {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    chromium =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(program)
                    .setHeadless(true)
                    .setArgs(ARGUMENTS));
  }

  /** Skips the test where this machine has none. */
  static Browser start() {
    Optional<Path> program =
        Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(program.isPresent(), "no Chromium on this machine");
    return new Browser(program.orElseThrow());
  }

  /** A page that knows nothing of the others. */
  Page page(int width, int height) {
    return chromium.newPage(
        new com.microsoft.playwright.Browser.NewPageOptions()
            .setViewportSize(width, height)
            .setLocale("ja-JP"));
  }

  void closePages() {
    chromium.contexts().forEach(BrowserContext::close);
  }

  @Override
  public void close() {
    chromium.close();
    playwright.close();
  }
}

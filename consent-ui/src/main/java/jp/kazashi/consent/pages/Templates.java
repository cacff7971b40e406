package jp.kazashi.consent.pages;

import io.quarkus.qute.CompletedStage;
import io.quarkus.qute.Engine;
import io.quarkus.qute.EvalContext;
import io.quarkus.qute.Expression;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.TemplateLocator;
import io.quarkus.qute.ValueResolver;
import io.quarkus.qute.Variant;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** The templates of the pages. Everything they print is escaped; a missing value is an error. */
final class Templates {

  private final Engine engine =
      Engine.builder()
          .addDefaults()
          .strictRendering(true)
          .addValueResolver(wordsResolver())
          .addValueResolver(new ReflectionValueResolver())
          .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
          .addLocator(Templates::locate)
          .build();

  /** Renders {@code templates/<name>.html}. */
  String render(String name, Map<String, Object> data) {
    return engine.getTemplate(name).instance().data(data).render();
  }

  private static Optional<TemplateLocator.TemplateLocation> locate(String name) {
    String path = "templates/" + name + ".html";
    return Templates.class.getResource(path) == null
        ? Optional.empty()
        : Optional.of(new HtmlFile(path));
  }

  /**
   * {@code {w.key}} and {@code {w.key(part)}} in a template are the sentence of that key; {@code
   * {w.of('key', value)}} is the sentence whose key is made of these words.
   */
  private static ValueResolver wordsResolver() {
    return ValueResolver.builder()
        .applyToBaseClass(Words.class)
        .resolveAsync(context -> parts(context).thenApply(parts -> say(context, parts)))
        .build();
  }

  private static Object say(EvalContext context, List<Object> parts) {
    Words words = (Words) context.getBase();
    return context.getName().equals("of")
        ? words.say(parts.stream().map(String::valueOf).collect(Collectors.joining()))
        : words.say(context.getName(), parts.toArray());
  }

  private static CompletionStage<List<Object>> parts(EvalContext context) {
    CompletionStage<List<Object>> parts = CompletedStage.of(new ArrayList<>());
    for (Expression part : context.getParams()) {
      parts =
          parts.thenCombine(
              context.evaluate(part),
              (before, value) -> {
                before.add(value);
                return before;
              });
    }
    return parts;
  }

  private record HtmlFile(String path) implements TemplateLocator.TemplateLocation {

    @Override
    public Reader read() {
      InputStream file = Templates.class.getResourceAsStream(path);
      if (file == null) {
        throw new IllegalStateException("There is no template " + path);
      }
      return new InputStreamReader(file, StandardCharsets.UTF_8);
    }

    @Override
    public Optional<Variant> getVariant() {
      return Optional.of(Variant.forContentType(Variant.TEXT_HTML));
    }
  }
}

package jp.kazashi.it;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.parallel.ResourceLock;

/** One world for all visits of a run: started when the first test asks, taken down at the end. */
final class SharedWorld implements ParameterResolver {

  /** Tests that take turns in the shared world. */
  @Target(ElementType.TYPE)
  @Retention(RetentionPolicy.RUNTIME)
  @ExtendWith(SharedWorld.class)
  @ResourceLock("the shared world")
  @interface Guest {}

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == World.class;
  }

  @Override
  public World resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(SharedWorld.class))
        .computeIfAbsent(World.class, type -> start(), World.class);
  }

  private static World start() {
    try {
      return World.up(Path.of("target", "worlds", UUID.randomUUID().toString()).toAbsolutePath());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

package jp.kazashi.simulator.world;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** An embedded server as a part of the world. */
record ServerPart(String name, Supplier<Part.Running> starting) implements Part {
  @Override
  public Part.Running start() {
    return starting.get();
  }

  static Part.Running running(EmbeddedPostgres server) {
    return new RunningServer(server.pid(), server.ended(), server::close);
  }

  static Part.Running running(EmbeddedRedis server) {
    return new RunningServer(server.pid(), server.ended(), server::close);
  }

  private record RunningServer(long pid, CompletableFuture<Integer> ended, Runnable end)
      implements Part.Running {
    @Override
    public void stop() {
      end.run();
    }
  }
}

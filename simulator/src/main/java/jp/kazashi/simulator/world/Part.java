package jp.kazashi.simulator.world;

import java.util.concurrent.CompletableFuture;

/** One process of a world. */
interface Part {
  String name();

  /** Starts it and returns when it is ready; where that fails, nothing of it is left. */
  Running start();

  /** A started part. */
  interface Running {
    long pid();

    /** Completes with the exit code, however it came to its end. */
    CompletableFuture<Integer> ended();

    /** Asks it to end, and returns when it has. */
    void stop();
  }
}

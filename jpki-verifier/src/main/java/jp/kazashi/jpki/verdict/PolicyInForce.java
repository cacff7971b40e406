package jp.kazashi.jpki.verdict;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicReference;
import jp.kazashi.jpki.certificate.TrustAnchors;

/**
 * The policy that verdicts are made by now. New anchors are staged whole and swapped in one step,
 * so that no verdict ever sees half of a rotation or no anchor at all.
 */
public final class PolicyInForce {
  private final AtomicReference<JudgePolicy> current;

  public PolicyInForce(JudgePolicy policy) {
    current = new AtomicReference<>(requireNonNull(policy, "policy"));
  }

  public JudgePolicy now() {
    return requireNonNull(current.get(), "policy");
  }

  /** A rotation that was read and found usable, and is not in force yet. */
  public record Rotation(JudgePolicy from, JudgePolicy to) {}

  /** Prepares other anchors. What cannot be anchors never comes this far. */
  public Rotation stage(TrustAnchors anchors) {
    JudgePolicy from = now();
    return new Rotation(from, from.with(anchors));
  }

  /** Puts a rotation in force, unless another one came in between. */
  public boolean swap(Rotation rotation) {
    return current.compareAndSet(rotation.from(), rotation.to());
  }
}

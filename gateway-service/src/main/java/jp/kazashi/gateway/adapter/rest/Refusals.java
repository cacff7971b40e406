package jp.kazashi.gateway.adapter.rest;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Every refusal is said once in the log and counted, whoever refused: its reason, nothing else. */
@ApplicationScoped
public class Refusals {
  private static final Logger LOG = Logger.getLogger(Refusals.class);

  private final MeterRegistry meters;

  public Refusals(MeterRegistry meters) {
    this.meters = meters;
  }

  void tell(Problem problem) {
    LOG.infof("event=refused reason=%s status=%d", problem.reason(), problem.status());
    meters.counter("kazashi.refusals", "reason", problem.reason().name()).increment();
  }
}

package jp.kazashi.gateway.adapter.ops;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jp.kazashi.gateway.desk.EventStream;

/** A node that is asked to end finishes what it accepted; an event stream would never finish. */
@ApplicationScoped
public class Leaving {
  void leave(@Observes ShutdownDelayInitiatedEvent begun, EventStream events) {
    events.close();
  }
}

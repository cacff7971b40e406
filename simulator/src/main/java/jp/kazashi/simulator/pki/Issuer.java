package jp.kazashi.simulator.pki;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The authorities of the simulated JPKI. Those of one use on cards share one name and differ in
 * their keys, as the real ones do; phones have their own; and one is no part of the JPKI at all.
 */
public enum Issuer {
  AUTHENTICATION_1(Use.AUTHENTICATION, Carrier.CARD, Generation.FIRST),
  AUTHENTICATION_2(Use.AUTHENTICATION, Carrier.CARD, Generation.SECOND),
  AUTHENTICATION_3(Use.AUTHENTICATION, Carrier.CARD, Generation.THIRD),
  SIGNATURE_1(Use.SIGNATURE, Carrier.CARD, Generation.FIRST),
  SIGNATURE_2(Use.SIGNATURE, Carrier.CARD, Generation.SECOND),
  SIGNATURE_3(Use.SIGNATURE, Carrier.CARD, Generation.THIRD),
  PHONE_AUTHENTICATION(Use.AUTHENTICATION, Carrier.PHONE, Generation.THIRD),
  PHONE_SIGNATURE(Use.SIGNATURE, Carrier.PHONE, Generation.THIRD),
  /** Bears the name of the card authentication authority, and is nobody. */
  STRANGER(Use.AUTHENTICATION, Carrier.CARD, Generation.THIRD);

  /** What its certificates are for. */
  public enum Use {
    AUTHENTICATION,
    SIGNATURE
  }

  /** Where the holder's key lives. */
  public enum Carrier {
    CARD,
    PHONE
  }

  private static final String POLICIES = "1.2.392.200149.8.5.1.0.";

  private final Use use;
  private final Carrier carrier;
  private final Generation generation;

  Issuer(Use use, Carrier carrier, Generation generation) {
    this.use = use;
    this.carrier = carrier;
    this.generation = generation;
  }

  public static Issuer of(Use use, Generation generation) {
    return Arrays.stream(values())
        .filter(issuer -> issuer.use == use && issuer.generation == generation)
        .findFirst()
        .orElseThrow();
  }

  /** The one that issues today. */
  public static Issuer newest(Use use, Carrier carrier) {
    return trusted(use).stream()
        .filter(issuer -> issuer.carrier == carrier && issuer.generation == Generation.THIRD)
        .findFirst()
        .orElseThrow();
  }

  /** All whose certificates are to be trusted for a use, over or not. */
  public static List<Issuer> trusted(Use use) {
    return Arrays.stream(values())
        .filter(issuer -> issuer.use == use && !issuer.isStranger())
        .toList();
  }

  /** By its file name, as addresses carry it. */
  public static Optional<Issuer> named(String name) {
    return Arrays.stream(values()).filter(issuer -> issuer.fileName().equals(name)).findFirst();
  }

  public Use use() {
    return use;
  }

  public Carrier carrier() {
    return carrier;
  }

  public Generation generation() {
    return generation;
  }

  public boolean isStranger() {
    return this == STRANGER;
  }

  /** The policy its certificates assert: of the test arc, each its own. */
  public String policy() {
    return POLICIES
        + switch (carrier) {
          case CARD -> use == Use.SIGNATURE ? "20" : "30";
          case PHONE -> use == Use.SIGNATURE ? "40" : "50";
        };
  }

  /** As in {@code authentication-3.pem} and {@code /crl/authentication-3.crl}. */
  public String fileName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The unit in its name. */
  String unit() {
    String purpose = use == Use.SIGNATURE ? "digital signature" : "user authentication";
    return switch (carrier) {
      case CARD -> "JPKI for " + purpose;
      case PHONE -> "JPKI for mobile " + purpose;
    };
  }
}

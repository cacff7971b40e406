package jp.kazashi.simulator.pki;

import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Fresh keys. Every call stands alone, so that many may be made at once. */
public final class KeyPairs {
  private KeyPairs() {}

  /** What a card of today holds. Takes about 100 ms of one core. */
  public static KeyPair rsa2048(SecureRandom random) {
    return generate("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4), random);
  }

  public static KeyPair p256(SecureRandom random) {
    return generate("EC", new ECGenParameterSpec("secp256r1"), random);
  }

  public static KeyPair p384(SecureRandom random) {
    return generate("EC", new ECGenParameterSpec("secp384r1"), random);
  }

  /** Many card keys on all cores. */
  public static List<KeyPair> rsa2048(int count, SecureRandom random) {
    int cores = Runtime.getRuntime().availableProcessors();
    List<Future<KeyPair>> pairs;
    try (ExecutorService makers = Executors.newFixedThreadPool(cores)) {
      pairs = Stream.generate(() -> makers.submit(() -> rsa2048(random))).limit(count).toList();
    }
    return pairs.stream().map(Future::resultNow).toList();
  }

  private static KeyPair generate(
      String algorithm, AlgorithmParameterSpec size, SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(size, random);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
      throw new IllegalStateException("Every Java platform makes such keys", e);
    }
  }
}

package jp.kazashi.gateway.adapter.ops;

/** Why the files of TLS cannot be used as they stand. */
public final class BrokenTlsFile extends Exception {
  private static final long serialVersionUID = 1L;

  BrokenTlsFile(String why) {
    super(why);
  }
}

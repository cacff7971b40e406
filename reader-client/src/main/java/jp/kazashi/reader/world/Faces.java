package jp.kazashi.reader.world;

/** How faces are compared in the simulated world; its answers say it. */
public enum Faces {
  /** Nobody is compared with anybody. */
  SCRIPTED,
  /** By networks, over pictures of a file camera or a real one. */
  REAL
}

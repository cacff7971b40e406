/**
 * Whether the person at the terminal is the one on the card: cameras, networks, gates and the
 * decision. Images and embeddings live in memory only, and are wiped by who holds them.
 */
@NullMarked
package jp.kazashi.reader.face;

import org.jspecify.annotations.NullMarked;

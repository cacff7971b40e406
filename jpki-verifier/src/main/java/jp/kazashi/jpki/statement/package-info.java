/** What the card signs: the challenge, and how and when its holder was confirmed. */
package jp.kazashi.jpki.statement;

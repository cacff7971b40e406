/** The command that judges a bundle. The only place of this module that reads files. */
package jp.kazashi.jpki.cli;

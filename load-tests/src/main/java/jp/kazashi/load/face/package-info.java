@org.jspecify.annotations.NullMarked
package jp.kazashi.load.face;

/** The judgement: proof, statement, evidence, policy and instant in, verdict out. */
package jp.kazashi.jpki.verdict;

/**
 * A population of made-up people with families, coverage and five years of records, as a pure
 * function of a seed and a person's index. Constants and their sources: {@code docs/population.md}.
 */
package jp.kazashi.simulator.population;

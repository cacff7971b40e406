/** How the simulated services behave on the wire: well, or as they were told. */
package jp.kazashi.simulator.wire;

package jp.kazashi.simulator;

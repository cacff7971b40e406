package jp.kazashi.reader;

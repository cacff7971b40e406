package jp.kazashi.jpki;

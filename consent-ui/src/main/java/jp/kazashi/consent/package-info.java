package jp.kazashi.consent;

package jp.kazashi.gateway;

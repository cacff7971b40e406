package jp.kazashi.load;

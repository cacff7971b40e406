package jp.kazashi.qualification;

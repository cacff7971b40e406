package jp.kazashi.reader.link;

/** The place of an answer in the gateway's audit chain. */
public record Receipt(String chain, long number, String hash) {}

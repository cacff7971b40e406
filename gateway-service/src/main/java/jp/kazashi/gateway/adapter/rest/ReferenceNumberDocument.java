package jp.kazashi.gateway.adapter.rest;

/** A reference number that names somebody from now on. */
public record ReferenceNumberDocument(String number, ReceiptDocument receipt) {}

package jp.kazashi.gateway.adapter.rest;

import java.util.List;

/**
 * The open calls of an institution.
 *
 * @param asOf the events up to that id say nothing newer
 */
public record CallsDocument(long asOf, List<CallDocument> calls) {}

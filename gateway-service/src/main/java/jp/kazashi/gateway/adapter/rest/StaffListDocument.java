package jp.kazashi.gateway.adapter.rest;

import java.util.List;

/** The accounts of an institution, by log-in. */
public record StaffListDocument(List<StaffDocument> staff) {}

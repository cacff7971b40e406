-- Who of an institution looked at whom: by institution and time, narrowed by what was done and by
-- whom within the index. Checks, which are most of the audit, are no looks and cost nothing here.
-- Made for the partitions that come; on those that are there it is built afterwards, one by one and
-- while others write (PartitionIndexes), for this statement would keep every answer waiting.
CREATE INDEX audit_entry_looks ON ONLY audit_entry
  (organisation, at, kind, (details::jsonb ->> 'staff'))
  WHERE kind IN ('CHECK_READ', 'GRANTS_SEARCH', 'LOOK_UP', 'READ', 'VISUAL_PASS');

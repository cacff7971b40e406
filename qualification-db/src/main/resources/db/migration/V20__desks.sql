-- Bulk jobs are worked on by one node at a time; one that died loses its jobs when the time is over.
ALTER TABLE bulk_job ADD COLUMN held_by uuid, ADD COLUMN held_until timestamptz;
GRANT UPDATE (held_by, held_until) ON bulk_job TO kazashi_app;

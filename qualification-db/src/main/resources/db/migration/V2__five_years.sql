-- Five years of everything: complete qualifications, every kind of record, intake in pieces, and
-- what the gateway keeps for institutions, staff, seals, jobs and reference numbers.
-- Only adds (expand): a node of the version before works on while this one starts. What it alone
-- still uses (medication.id, intake_batch, intake_line) goes in a later version.

SET LOCAL timezone = 'UTC';

-- Partitions: their bounds are kept, so that a width can change without touching what is there ----

CREATE TABLE stored_partition (
  parent text NOT NULL,
  child text PRIMARY KEY,
  first date NOT NULL,
  next date NOT NULL CHECK (next > first),
  EXCLUDE USING gist (parent WITH =, daterange(first, next) WITH &&)
);

INSERT INTO stored_partition (parent, child, first, next)
SELECT parent.relname, child.relname,
       (bounds[1])::timestamptz AT TIME ZONE 'UTC', (bounds[2])::timestamptz AT TIME ZONE 'UTC'
FROM pg_inherits
JOIN pg_class parent ON parent.oid = inhparent
JOIN pg_class child ON child.oid = inhrelid,
LATERAL regexp_match(pg_get_expr(child.relpartbound, child.oid),
                     'FROM \(''([^'']+)''\) TO \(''([^'']+)''\)') AS bounds
WHERE parent.relkind = 'p' AND child.relkind = 'r' AND parent.relnamespace = 'public'::regnamespace;

-- Widths were measured: docs/adr/0021-width-of-partitions.md.
CREATE FUNCTION partition_months(parent text) RETURNS integer
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE parent
    WHEN 'medication' THEN 3
    WHEN 'care' THEN 3
    WHEN 'surgery' THEN 12
    WHEN 'checkup' THEN 12
    WHEN 'spent_challenge' THEN 1
    WHEN 'eligibility_check' THEN 3
    WHEN 'audit_entry' THEN 12
  END
$$;

CREATE OR REPLACE FUNCTION make_partition(parent text, day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public SET timezone = 'UTC' AS $$
DECLARE
  months integer := partition_months(parent);
  lower date;
  upper date;
  name text;
BEGIN
  IF months IS NULL THEN
    RAISE EXCEPTION 'No partitions are kept of %', parent;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('kazashi partition', 0));
  IF EXISTS (SELECT FROM stored_partition s
             WHERE s.parent = make_partition.parent AND s.first <= day AND s.next > day) THEN
    RETURN;
  END IF;
  lower := make_date(extract(year FROM day)::integer,
                     (extract(month FROM day)::integer - 1) / months * months + 1, 1);
  upper := (lower + make_interval(months => months))::date;
  -- Beside partitions of another width, only what they leave free.
  SELECT greatest(lower, max(s.next)) INTO lower
  FROM stored_partition s WHERE s.parent = make_partition.parent AND s.next <= day;
  SELECT least(upper, min(s.first)) INTO upper
  FROM stored_partition s WHERE s.parent = make_partition.parent AND s.first > day;
  name := format('%s_%s', parent, to_char(lower, 'YYYYMM'));
  EXECUTE format('CREATE TABLE public.%I (LIKE public.%I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)',
                 name, parent);
  EXECUTE format('ALTER TABLE public.%I ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
                 parent, name, lower, upper);
  INSERT INTO stored_partition VALUES (parent, name, lower, upper);
END
$$;

-- Drops what lies wholly before that day. Only records that expire: audit, ledger and evidence are
-- not among them. Waits a moment for the lock and no longer: whoever asks tries again.
CREATE FUNCTION drop_partitions(parent text, before date) RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public SET lock_timeout = '200ms' AS $$
DECLARE
  expired record;
BEGIN
  IF parent NOT IN ('medication', 'care', 'surgery', 'checkup', 'spent_challenge') THEN
    RAISE EXCEPTION 'Partitions of % are never dropped', parent;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('kazashi partition', 0));
  FOR expired IN
    SELECT s.child FROM stored_partition s
    WHERE s.parent = drop_partitions.parent AND s.next <= before ORDER BY s.first
  LOOP
    EXECUTE format('DROP TABLE public.%I', expired.child);
    DELETE FROM stored_partition s WHERE s.child = expired.child;
    RETURN NEXT expired.child;
  END LOOP;
END
$$;
REVOKE ALL ON FUNCTION drop_partitions(text, date), partition_months(text) FROM PUBLIC;

-- Qualifications, complete -----------------------------------------------------------------------

ALTER TABLE qualification
  ADD COLUMN card_class text NOT NULL DEFAULT 'GENERAL',
  ADD COLUMN householder text,
  ADD COLUMN other_name text,
  ADD COLUMN other_name_kana text,
  ADD COLUMN preschool boolean NOT NULL DEFAULT false,
  ADD COLUMN card_valid_from date,
  ADD COLUMN card_valid_to date,
  ADD COLUMN certificates text,
  ADD COLUMN undisclosed boolean NOT NULL DEFAULT false,
  ADD COLUMN provision_barred boolean NOT NULL DEFAULT false,
  ADD COLUMN stated_at timestamptz;
UPDATE qualification SET card_class = 'MEDICAL_AID' WHERE kind = 'MEDICAL_AID';

CREATE TABLE medical_ticket (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person,
  payer text NOT NULL CHECK (payer ~ '^[0-9]{8}$'),
  recipient text NOT NULL CHECK (recipient ~ '^[0-9]{7}$'),
  month date NOT NULL CHECK (extract(day FROM month) = 1),
  issue_number text NOT NULL,
  ticket_type text NOT NULL,
  treatment text NOT NULL,
  valid_from date NOT NULL,
  valid_to date CHECK (valid_to >= valid_from),
  facility text,
  facility_name text,
  self_pay integer CHECK (self_pay BETWEEN 0 AND 9999999),
  used text,
  stated_at timestamptz,
  recorded_from timestamptz NOT NULL,
  recorded_to timestamptz CHECK (recorded_to > recorded_from),
  CONSTRAINT medical_ticket_once EXCLUDE USING gist (
    payer WITH =, recipient WITH =, month WITH =, issue_number WITH =,
    tstzrange(recorded_from, recorded_to) WITH &&)
);
CREATE INDEX medical_ticket_of_person ON medical_ticket (person_id) WHERE recorded_to IS NULL;

ALTER TABLE holder_link ADD COLUMN predecessor text;
CREATE INDEX holder_link_of_predecessor ON holder_link (predecessor) WHERE predecessor IS NOT NULL;

CREATE TABLE proof_document (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person,
  kind text NOT NULL CHECK (kind IN ('CONFIRMATION', 'NOTICE')),
  issue text NOT NULL CHECK (issue IN ('EX_OFFICIO', 'ON_APPLICATION')),
  issued_on date NOT NULL,
  valid_to date NOT NULL CHECK (valid_to >= issued_on)
);
CREATE INDEX proof_document_of_person ON proof_document (person_id);

-- Medical records ----------------------------------------------------------------------------------
-- batch and line: which delivery brought it, in which order; what a withdrawal is compared with.

ALTER TABLE medication
  ALTER COLUMN id DROP NOT NULL,
  ADD COLUMN prescriber text CHECK (prescriber ~ '^[0-9]{10}$'),
  ADD COLUMN prescriber_name text,
  ADD COLUMN batch integer NOT NULL DEFAULT 0,
  ADD COLUMN line integer NOT NULL DEFAULT 0;

CREATE TABLE care (
  month date NOT NULL CHECK (extract(day FROM month) = 1),
  person_id uuid NOT NULL,
  day date NOT NULL,
  batch integer NOT NULL,
  line integer NOT NULL,
  times integer NOT NULL CHECK (times BETWEEN 1 AND 999),
  inpatient boolean NOT NULL,
  category text NOT NULL CHECK (category IN
    ('VISIT', 'RADIOTHERAPY', 'IMAGING', 'PATHOLOGY', 'MANAGEMENT', 'HOME_CARE', 'DIALYSIS')),
  facility text NOT NULL CHECK (facility ~ '^[0-9]{10}$'),
  facility_name text NOT NULL,
  code text CHECK (code ~ '^1[0-9]{8}$'),
  name text,
  division text,
  quantity numeric CHECK (quantity > 0),
  unit text,
  CHECK ((code IS NULL) = (name IS NULL) AND (code IS NOT NULL OR category = 'VISIT'))
) PARTITION BY RANGE (month);
CREATE INDEX care_of_person ON care (person_id, month);

CREATE TABLE surgery (
  month date NOT NULL CHECK (extract(day FROM month) = 1),
  person_id uuid NOT NULL,
  day date NOT NULL,
  batch integer NOT NULL,
  line integer NOT NULL,
  times integer NOT NULL CHECK (times BETWEEN 1 AND 999),
  inpatient boolean NOT NULL,
  facility text NOT NULL CHECK (facility ~ '^[0-9]{10}$'),
  facility_name text NOT NULL,
  code text NOT NULL CHECK (code ~ '^1[0-9]{8}$'),
  name text NOT NULL,
  division text,
  quantity numeric CHECK (quantity > 0),
  unit text
) PARTITION BY RANGE (month);
CREATE INDEX surgery_of_person ON surgery (person_id, month);

CREATE TABLE checkup (
  day date NOT NULL,
  person_id uuid NOT NULL,
  batch integer NOT NULL,
  line integer NOT NULL,
  kind text NOT NULL,
  programme text,
  facility text NOT NULL CHECK (facility ~ '^[0-9]{10}$'),
  facility_name text NOT NULL,
  items text NOT NULL
) PARTITION BY RANGE (day);
CREATE INDEX checkup_of_person ON checkup (person_id, day);

-- What was taken in before (batch, line) of one person, facility and month is no longer told.
CREATE TABLE withdrawal (
  batch integer NOT NULL,
  line integer NOT NULL,
  category text NOT NULL CHECK (category IN ('medication', 'care', 'surgery', 'checkup')),
  person_id uuid NOT NULL,
  facility text NOT NULL,
  month date NOT NULL,
  source text,
  stated_at timestamptz,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (batch, line)
);
CREATE INDEX withdrawal_of_person ON withdrawal (person_id, category);

-- Intake --------------------------------------------------------------------------------------------

CREATE TABLE feed_batch (
  number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sender text NOT NULL,
  intake text NOT NULL CHECK (intake IN ('qualifications', 'claims', 'checkups')),
  batch text NOT NULL,
  first_received_at timestamptz NOT NULL,
  UNIQUE (sender, intake, batch)
);

-- Lines that were taken in: for each 16 bytes, eight of the digest of its id and eight of its
-- content. The key refuses a piece to all but one of several who write the same batch at once.
CREATE TABLE feed_piece (
  batch integer NOT NULL REFERENCES feed_batch,
  piece integer NOT NULL CHECK (piece >= 1),
  lines integer NOT NULL CHECK (lines >= 0),
  digests bytea NOT NULL,
  taken_at timestamptz NOT NULL,
  PRIMARY KEY (batch, piece),
  CHECK (length(digests) = 16 * lines)
);
ALTER TABLE feed_piece ALTER COLUMN digests SET STORAGE EXTERNAL;

-- Institutions, staff ---------------------------------------------------------------------------------

CREATE TABLE institution (
  code text PRIMARY KEY CHECK (code ~ '^[0-9]{10}$'),
  name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('HOSPITAL', 'CLINIC', 'DENTAL', 'PHARMACY', 'THERAPY')),
  prefecture text NOT NULL CHECK (prefecture ~ '^[0-9]{2}$'),
  valid_from date NOT NULL,
  valid_to date CHECK (valid_to >= valid_from),
  offered text NOT NULL,
  smartphone boolean NOT NULL,
  exchange boolean NOT NULL,
  CHECK (kind <> 'THERAPY' OR offered = '')
);

CREATE TABLE usage_day (
  institution text NOT NULL,
  day date NOT NULL,
  kind text NOT NULL CHECK (kind IN
    ('CARD_CHECK', 'KEY_CHECK', 'MEDICATION_READ', 'CHECKUP_READ', 'CARE_READ', 'SURGERY_READ')),
  count bigint NOT NULL CHECK (count >= 0),
  PRIMARY KEY (day, institution, kind)
);
-- What a day is counted from.
CREATE INDEX audit_entry_at ON audit_entry USING brin (at);

CREATE TABLE staff (
  id uuid PRIMARY KEY,
  institution text NOT NULL,
  login text NOT NULL,
  name text NOT NULL,
  role text NOT NULL CHECK (role IN ('CLERK', 'MEDICAL_VIEWER', 'ADMINISTRATOR')),
  password text NOT NULL CHECK (password LIKE '$argon2id$%'),
  active boolean NOT NULL,
  failures integer NOT NULL CHECK (failures >= 0),
  locked_until timestamptz,
  UNIQUE (institution, login)
);

CREATE TABLE staff_session (
  token bytea PRIMARY KEY,
  staff_id uuid NOT NULL REFERENCES staff,
  certificate bytea NOT NULL,
  opened_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL CHECK (expires_at > opened_at),
  ended_at timestamptz
);
CREATE INDEX staff_session_of_staff ON staff_session (staff_id, opened_at);

CREATE TABLE visual_pass (
  id uuid PRIMARY KEY,
  staff_id uuid NOT NULL REFERENCES staff,
  institution text NOT NULL,
  terminal text NOT NULL,
  issued_at timestamptz NOT NULL
);
-- A pass is spent by one check, in its commit.
CREATE TABLE spent_pass (
  pass_id uuid PRIMARY KEY REFERENCES visual_pass,
  check_id uuid NOT NULL
);

-- What institutions ask for ---------------------------------------------------------------------------

CREATE TABLE reference_number (
  institution text NOT NULL,
  number text NOT NULL CHECK (length(number) BETWEEN 1 AND 50),
  person_id uuid NOT NULL REFERENCES person,
  registered_at timestamptz NOT NULL,
  PRIMARY KEY (institution, number)
);
CREATE INDEX reference_number_of_person ON reference_number (person_id, institution);

CREATE TABLE bulk_job (
  id uuid PRIMARY KEY,
  institution text NOT NULL,
  kind text NOT NULL,
  asked_at timestamptz NOT NULL,
  lines integer NOT NULL CHECK (lines >= 0),
  actor text NOT NULL,
  finished_at timestamptz
);
CREATE INDEX bulk_job_waiting ON bulk_job (asked_at) WHERE finished_at IS NULL;
CREATE TABLE bulk_line (
  job uuid NOT NULL REFERENCES bulk_job,
  line integer NOT NULL CHECK (line >= 1),
  question text NOT NULL,
  answer text,
  PRIMARY KEY (job, line)
);

-- Each record of a terminal's degraded chain is reconciled at most once.
CREATE TABLE reconciliation (
  institution text NOT NULL,
  terminal text NOT NULL,
  chain text NOT NULL,
  number bigint NOT NULL CHECK (number >= 1),
  digest bytea NOT NULL,
  check_id uuid,
  outcome text NOT NULL,
  reconciled_at timestamptz NOT NULL,
  PRIMARY KEY (institution, terminal, chain, number)
);

-- Answers that are sent again under the same key, for 24 hours.
CREATE TABLE idempotency (
  certificate bytea NOT NULL,
  key text NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
  request bytea NOT NULL,
  status integer NOT NULL,
  answer bytea NOT NULL,
  kept_at timestamptz NOT NULL,
  PRIMARY KEY (certificate, key)
);
CREATE INDEX idempotency_kept_at ON idempotency (kept_at);

-- Seals of the audit --------------------------------------------------------------------------------

CREATE TABLE audit_seal (
  node text NOT NULL,
  epoch integer NOT NULL,
  number bigint NOT NULL CHECK (number >= 1),
  first bigint NOT NULL CHECK (first >= 1),
  last bigint NOT NULL CHECK (last >= first),
  root bytea NOT NULL CHECK (length(root) = 32),
  head bytea NOT NULL CHECK (length(head) = 32),
  sealed_at timestamptz NOT NULL,
  token bytea NOT NULL,
  PRIMARY KEY (node, epoch, number),
  UNIQUE (node, epoch, first),
  FOREIGN KEY (node, epoch) REFERENCES audit_epoch
);
CREATE TABLE audit_witness (
  node text NOT NULL,
  epoch integer NOT NULL,
  number bigint NOT NULL CHECK (number >= 1),
  hash bytea NOT NULL CHECK (length(hash) = 32),
  seen_at timestamptz NOT NULL,
  PRIMARY KEY (node, epoch, number),
  FOREIGN KEY (node, epoch) REFERENCES audit_epoch
);
CREATE INDEX audit_entry_of_person ON audit_entry (person_id, at) WHERE person_id IS NOT NULL;

-- What the application may ---------------------------------------------------------------------------

GRANT EXECUTE ON FUNCTION drop_partitions(text, date) TO kazashi_app;

GRANT SELECT ON stored_partition TO kazashi_app;
GRANT SELECT, INSERT ON
  medical_ticket, proof_document, care, surgery, checkup, withdrawal, feed_batch, feed_piece,
  institution, usage_day, staff, staff_session, visual_pass, spent_pass, reference_number, bulk_job,
  bulk_line, reconciliation, idempotency, audit_seal, audit_witness
TO kazashi_app;

GRANT UPDATE (recorded_to) ON medical_ticket TO kazashi_app;
GRANT UPDATE (name, kind, prefecture, valid_from, valid_to, offered, smartphone, exchange)
  ON institution TO kazashi_app;
GRANT UPDATE (count) ON usage_day TO kazashi_app;
GRANT UPDATE (name, role, password, active, failures, locked_until) ON staff TO kazashi_app;
GRANT UPDATE (ended_at) ON staff_session TO kazashi_app;
GRANT UPDATE (person_id, registered_at) ON reference_number TO kazashi_app;
GRANT UPDATE (finished_at) ON bulk_job TO kazashi_app;
GRANT UPDATE (answer) ON bulk_line TO kazashi_app;
GRANT DELETE ON idempotency TO kazashi_app;

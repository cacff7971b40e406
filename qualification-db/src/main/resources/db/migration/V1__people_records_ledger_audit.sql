-- The whole record: people and what covers them, holders, medications, checks, consent, audit.
-- Whoever runs this owns the tables; the application only ever acts as kazashi_app.

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'kazashi_app') THEN
    CREATE ROLE kazashi_app NOLOGIN;
  END IF;
  -- With one log-in for everything, its application sessions begin with role=kazashi_app. Where
  -- another log-in is the application's, the owner need not be a member.
  BEGIN
    GRANT kazashi_app TO CURRENT_USER;
  EXCEPTION WHEN insufficient_privilege THEN
    RAISE NOTICE 'The owner is not made a member of kazashi_app';
  END;
END
$$;

CREATE EXTENSION IF NOT EXISTS btree_gist;

-- People ---------------------------------------------------------------------------------------

CREATE TABLE person (
  id uuid PRIMARY KEY,
  code text NOT NULL UNIQUE,
  undisclosed boolean NOT NULL DEFAULT false,
  provision_barred boolean NOT NULL DEFAULT false,
  recorded_at timestamptz NOT NULL
);

-- True for [valid_from, valid_to], known for [recorded_from, recorded_to).
CREATE TABLE qualification (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person,
  kind text NOT NULL CHECK (kind IN ('MEDICAL_INSURANCE', 'MEDICAL_AID')),
  payer text NOT NULL CHECK (payer ~ '^([0-9]{6}|[0-9]{8})$'),
  payer_name text NOT NULL,
  symbol text,
  number text NOT NULL,
  search_key text NOT NULL,
  branch text,
  relationship text NOT NULL CHECK (relationship IN ('PERSON', 'FAMILY')),
  name text NOT NULL,
  name_kana text,
  birth_date date NOT NULL,
  sex text NOT NULL CHECK (sex IN ('MALE', 'FEMALE', 'UNKNOWN')),
  post_code text,
  address text,
  contribution_ratio integer CHECK (contribution_ratio BETWEEN 0 AND 100),
  issued_on date,
  valid_from date NOT NULL,
  valid_to date CHECK (valid_to >= valid_from),
  loss_reason text,
  recorded_from timestamptz NOT NULL,
  recorded_to timestamptz CHECK (recorded_to > recorded_from),
  -- Nobody is covered twice by one kind on one day, as far as was known at any one instant.
  CONSTRAINT qualification_overlap EXCLUDE USING gist (
    person_id WITH =,
    kind WITH =,
    daterange(valid_from, valid_to, '[]') WITH &&,
    tstzrange(recorded_from, recorded_to) WITH &&)
);
CREATE INDEX qualification_of_person ON qualification (person_id) WHERE recorded_to IS NULL;
CREATE INDEX qualification_by_keys ON qualification (payer, search_key, birth_date) WHERE recorded_to IS NULL;

CREATE TABLE holder_link (
  opaque text PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person,
  registered_at timestamptz NOT NULL,
  ended_at timestamptz
);
CREATE INDEX holder_link_of_person ON holder_link (person_id);

-- Medical records ------------------------------------------------------------------------------

-- Partitioned by the claim month, which is what is asked for and what expires.
CREATE TABLE medication (
  id uuid NOT NULL,
  month date NOT NULL CHECK (extract(day FROM month) = 1),
  person_id uuid NOT NULL,
  source text NOT NULL CHECK (source IN ('RECEIPT', 'DISPENSING', 'PRESCRIPTION')),
  day date NOT NULL,
  facility text NOT NULL CHECK (facility ~ '^[0-9]{10}$'),
  facility_name text NOT NULL,
  code text NOT NULL CHECK (code ~ '^6[0-9]{8}$'),
  name text NOT NULL,
  ingredient text,
  quantity numeric NOT NULL CHECK (quantity > 0),
  unit text NOT NULL,
  usage text,
  days integer NOT NULL CHECK (days BETWEEN 0 AND 999)
) PARTITION BY RANGE (month);
CREATE INDEX medication_of_person ON medication (person_id, month, day);

-- Checks ---------------------------------------------------------------------------------------

-- The replay key. Partitioned by the challenge's own issued-at, so that a replay always meets the
-- partition in which its challenge was spent.
CREATE TABLE spent_challenge (
  issued_at timestamptz NOT NULL,
  challenge_id uuid NOT NULL,
  check_id uuid NOT NULL,
  PRIMARY KEY (issued_at, challenge_id)
) PARTITION BY RANGE (issued_at);

CREATE TABLE eligibility_check (
  id uuid NOT NULL,
  at timestamptz NOT NULL,
  institution text NOT NULL,
  terminal text NOT NULL,
  method text NOT NULL,
  reason text,
  person_id uuid,
  phase text,
  certificate_ends_at timestamptz,
  offered text NOT NULL,
  snapshot bytea NOT NULL,
  PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);

CREATE TABLE evidence (
  digest bytea PRIMARY KEY,
  content bytea NOT NULL,
  recorded_at timestamptz NOT NULL
);

CREATE TABLE check_evidence (
  check_id uuid NOT NULL,
  kind text NOT NULL,
  digest bytea NOT NULL,
  PRIMARY KEY (check_id, kind, digest)
);

CREATE TABLE station_event (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  institution text NOT NULL,
  at timestamptz NOT NULL,
  kind text NOT NULL,
  check_id uuid NOT NULL,
  body text NOT NULL
);
CREATE INDEX station_event_of_institution ON station_event (institution, id);

-- Consent: one decision per check, never changed -----------------------------------------------

CREATE TABLE consent_ledger (
  check_id uuid PRIMARY KEY,
  person_id uuid NOT NULL,
  institution text NOT NULL,
  granted text NOT NULL,
  decided_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL CHECK (expires_at <= decided_at + interval '24 hours')
);
CREATE INDEX consent_of_person ON consent_ledger (person_id, institution, decided_at);

-- Audit ----------------------------------------------------------------------------------------

-- Every start of a node opens an epoch. What closed the chain before it is written here too.
CREATE TABLE audit_epoch (
  node text NOT NULL,
  epoch integer NOT NULL CHECK (epoch >= 1),
  opened_at timestamptz NOT NULL,
  closed_number bigint,
  closed_hash bytea,
  PRIMARY KEY (node, epoch),
  CHECK ((epoch = 1) = (closed_number IS NULL) AND (closed_number IS NULL) = (closed_hash IS NULL))
);

-- Partitioned by the opening of the chain, which is the same for all of its entries: so the key
-- below holds (chain, number) unique across partitions. The next number of a chain that a later
-- start has closed is taken by the closing entry, and a zombie cannot write it.
CREATE TABLE audit_entry (
  opened_at timestamptz NOT NULL,
  node text NOT NULL,
  epoch integer NOT NULL,
  number bigint NOT NULL,
  previous bytea NOT NULL,
  hash bytea NOT NULL,
  at timestamptz NOT NULL,
  kind text NOT NULL,
  organisation text,
  role text,
  system text,
  certificate bytea,
  check_id uuid,
  person_id uuid,
  outcome text NOT NULL,
  details text NOT NULL,
  PRIMARY KEY (opened_at, node, epoch, number)
) PARTITION BY RANGE (opened_at);
CREATE INDEX audit_entry_of_check ON audit_entry (check_id) WHERE check_id IS NOT NULL;

-- Intake ---------------------------------------------------------------------------------------

CREATE TABLE intake_batch (
  sender text NOT NULL,
  batch text NOT NULL,
  first_received_at timestamptz NOT NULL,
  PRIMARY KEY (sender, batch)
);

-- Lines that were taken in; a rejected line may be sent again, corrected.
CREATE TABLE intake_line (
  sender text NOT NULL,
  batch text NOT NULL,
  line text NOT NULL,
  digest bytea NOT NULL,
  taken_at timestamptz NOT NULL,
  PRIMARY KEY (sender, batch, line),
  FOREIGN KEY (sender, batch) REFERENCES intake_batch
);

-- Partitions -----------------------------------------------------------------------------------

-- Makes the partition that holds this day, if it is not there. Attached rather than created in
-- place, so that nobody who writes has to wait.
CREATE FUNCTION make_partition(parent text, day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public SET timezone = 'UTC' AS $$
DECLARE
  months integer := CASE parent
    WHEN 'medication' THEN 12
    WHEN 'spent_challenge' THEN 1
    WHEN 'eligibility_check' THEN 3
    WHEN 'audit_entry' THEN 12
  END;
  first date;
  next date;
  child text;
BEGIN
  IF months IS NULL THEN
    RAISE EXCEPTION 'No partitions are kept of %', parent;
  END IF;
  first := make_date(extract(year FROM day)::integer,
                     (extract(month FROM day)::integer - 1) / months * months + 1, 1);
  next := (first + make_interval(months => months))::date;
  child := format('%s_%s', parent, to_char(first, 'YYYYMM'));
  PERFORM pg_advisory_xact_lock(hashtextextended('kazashi partition', 0));
  IF to_regclass(format('public.%I', child)) IS NULL THEN
    EXECUTE format('CREATE TABLE public.%I (LIKE public.%I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)',
                   child, parent);
    EXECUTE format('ALTER TABLE public.%I ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
                   parent, child, first, next);
  END IF;
END
$$;
REVOKE ALL ON FUNCTION make_partition(text, date) FROM PUBLIC;

-- What the application may ---------------------------------------------------------------------

GRANT USAGE ON SCHEMA public TO kazashi_app;
GRANT EXECUTE ON FUNCTION make_partition(text, date) TO kazashi_app;

GRANT SELECT, INSERT ON
  person, qualification, holder_link, medication,
  spent_challenge, eligibility_check, evidence, check_evidence, station_event,
  consent_ledger, audit_epoch, audit_entry, intake_batch, intake_line
TO kazashi_app;

-- A correction closes what was known before; a registration is ended and begun again.
GRANT UPDATE (recorded_to) ON qualification TO kazashi_app;
GRANT UPDATE (registered_at, ended_at) ON holder_link TO kazashi_app;

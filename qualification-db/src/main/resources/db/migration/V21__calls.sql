-- A kiosk's terminal asks for staff: at most one call of a kind each, the newest in the place of the one before.
CREATE TABLE staff_call (
  institution text NOT NULL,
  terminal text NOT NULL,
  want text NOT NULL CHECK (want IN ('HELP', 'SIGHT')),
  id uuid NOT NULL,
  called_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL CHECK (ends_at > called_at),
  ending text CHECK (ending IN ('ANSWERED', 'WITHDRAWN')),
  -- The visual pass it was answered with, for this terminal to fetch.
  pass_id uuid CHECK (pass_id IS NULL OR (ending = 'ANSWERED' AND want = 'SIGHT')),
  PRIMARY KEY (institution, terminal, want),
  UNIQUE (institution, id)
);
GRANT SELECT, INSERT, UPDATE (id, called_at, ends_at, ending, pass_id) ON staff_call TO kazashi_app;

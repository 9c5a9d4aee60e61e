/** Sessions (only a hash of the token is kept), the trail of who looked and wrote, and the service's own secrets. */
export const sql0002SessionAudit = `
CREATE TABLE session (
  token_hash text PRIMARY KEY,
  actor jsonb NOT NULL,
  started timestamptz NOT NULL,
  seen timestamptz NOT NULL
);
CREATE TABLE audit (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  identity text NOT NULL,
  name text NOT NULL,
  role text NOT NULL,
  agent text,
  organisation text,
  act text NOT NULL,
  way text NOT NULL,
  allowed boolean NOT NULL,
  why text,
  persons text[] NOT NULL,
  what jsonb NOT NULL
);
CREATE INDEX audit_persons ON audit USING gin (persons);
CREATE INDEX audit_at ON audit (at DESC);
CREATE TABLE secret (name text PRIMARY KEY, value text NOT NULL);
`

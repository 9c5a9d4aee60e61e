/**
 * What a session that began at an OpenID provider was begun with, so that the records can be asked again and the session
 * ended from there; and the identity, so that all sessions of one can be ended together.
 */
export const sql0010SessionSubject = `
ALTER TABLE session ADD COLUMN identity text, ADD COLUMN subject jsonb, ADD COLUMN checked timestamptz,
  ADD COLUMN provider_session text, ADD COLUMN id_token text;
UPDATE session SET identity = actor->>'identity';
ALTER TABLE session ALTER COLUMN identity SET NOT NULL;
CREATE INDEX session_identity ON session (identity);
CREATE INDEX session_provider_session ON session (provider_session) WHERE provider_session IS NOT NULL;
`

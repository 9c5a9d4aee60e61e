/** A session that is turned to a person gives nothing but that person’s plan until its user signs in again. */
export const sql0028SessionTurned = `
ALTER TABLE session ADD COLUMN turned jsonb;
CREATE INDEX session_turned ON session (identity) WHERE turned IS NOT NULL;
`

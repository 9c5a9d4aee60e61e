/**
 * What many records have in common (parameters, code, status, category) stood with each of them as some twenty
 * numbers of eight bytes, and in the index once more. It now stands once, in `shape`, and each record names its own.
 * Nothing of a person is in it: identifiers, telephone numbers and references stay with the record. A shape may stand twice, when
 * two writers began it: neither waits for the other, and whoever reads asks for any. `reindex` fills it for records of
 * before.
 */
export const sql0053Shape = `
create table shape (id bigint not null, tok bigint[] not null);
create index shape_id on shape (id);
create index shape_tok on shape using gin (tok);
grant select on shape to gable_all, gable_staff, gable_listed, gable_none;
drop index resource_tok;
create index resource_tok on resource using gin (tok) where tok is not null;
create index resource_shape on resource (shape) where shape is not null;
create or replace view idx with (security_invoker = true) as
  select rid, rt, id, person, room, ts, dt, tok, shape from resource where shape is not null;
`

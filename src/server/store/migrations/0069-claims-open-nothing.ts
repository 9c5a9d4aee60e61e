/** Who looks after a line of Today gets no access by that: what was opened so far ends. */
export const sql0069ClaimsOpenNothing = `
delete from relation l using resource r
  where l.source_rid = r.rid and r.rt = 'Task'
    and r.content -> 'code' -> 'coding' @> '[{"code":"today-claim"}]';
`

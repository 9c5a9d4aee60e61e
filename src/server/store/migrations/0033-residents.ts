/** Who lives in a home is found by the reference in the person’s contacts, without reading everybody. */
export const sql0033Residents = `
create index resource_contact on resource using gin ((content -> 'contact') jsonb_path_ops)
  where rt = 'Patient' and content is not null;
`

/** Somebody can be here as a person with a record of their own, and as the carer of others: one at a time. */
export type Side = 'person' | 'carer'

/**
 * Nothing in the schema: from this number on, why a carer stopped is written like any other record
 * (`data-migrations/write-endings.ts`), which migration 0031 had not done.
 */
export const sql0037EndingsWritten = 'select 1'

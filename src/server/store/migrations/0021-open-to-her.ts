/**
 * What is hers was hidden from a person when it spoke of something between professionals: `openToPatient` places it anew, once.
 * Nothing of the layout changes.
 */
export const sql0021OpenToHer = 'select 1'

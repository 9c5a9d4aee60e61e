const guarded = ['resource', 'history', 'sp', 'link', 'change', 'person_row']
const keys = `nullif(current_setting('gable.rooms', true), '')::jsonb -> person`

/**
 * The room between a carer and the team is named by the keys that open it (`domain/access/labels/carer-room.ts`): the
 * person and these carers have one. Other rooms stay open to those to whom they were.
 */
const listedOf = (table: string) => `
alter policy ${table}_listed on ${table} using (
  (person is null and room <> 'professional')
  or (${keys}) ? room
  or (room like 'own %' and (${keys}) ?| string_to_array(room, ' ')));`

export const sql0072CarerRooms = guarded.map(listedOf).join('\n')

import { chidiId, graceId } from '#demo-data/identities.ts'
import { to } from '#demo-data/vocabulary/codes.ts'

export const grace = to('Patient', graceId, 'Grace Okafor')
export const chidi = to('RelatedPerson', chidiId, 'Chidi Okafor')
export const amina = to('Practitioner', 'amina-yusuf', 'Amina Yusuf')
export const karen = to('Practitioner', 'karen-lee', 'Karen Lee')
export const tom = to('Practitioner', 'tom-price', 'Tom Price')

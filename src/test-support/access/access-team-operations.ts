import {
  isOne,
  isPerson,
  isProfessional,
  nothing,
  type OperationRow,
  own,
} from './operation-row.ts'

const arrangesCover = isOne([...['amina', 'tom', 'patel', 'ming', 'karen', 'stranger', 'ruth']])

/** The operations with which a team shares its work: who has what, and whom to ask. */
export const teamOperationRows: Readonly<Record<string, OperationRow>> = {
  'save-service type': {
    ...{ path: () => 'HealthcareService/$save-service', init: nothing },
    may: isOne(['admin', 'ruth', 'amina', 'karen']),
    status: 400,
  },
  'import-services type': {
    ...{ path: () => 'HealthcareService/$import-services', init: nothing },
    may: isOne(['admin', 'ruth', 'amina', 'karen']),
    status: 422,
  },
  'take-today system': {
    ...{ path: () => '$take-today', init: nothing, may: isProfessional },
    status: 400,
  },
  'today-seen system': {
    ...{ path: () => '$today-seen', init: nothing, may: isProfessional },
    status: 200,
  },
  'absences type': { path: () => 'PractitionerRole/$absences', may: arrangesCover, status: 200 },
  'keep-absence type': {
    ...{ path: () => 'PractitionerRole/$keep-absence', init: nothing, may: arrangesCover },
    status: 400,
  },
  'end-absence type': {
    ...{ path: () => 'PractitionerRole/$end-absence', init: nothing, may: arrangesCover },
    status: 404,
  },
  'cover-pack type': {
    ...{ path: () => 'PractitionerRole/$cover-pack', init: nothing, may: isProfessional },
    status: 404,
  },
  'caseload-weights type': {
    ...{ path: () => 'EpisodeOfCare/$caseload-weights', may: isProfessional, status: 200 },
  },
  'hand-over-people type': {
    ...{ path: () => 'EpisodeOfCare/$hand-over-people', init: nothing, may: isProfessional },
    status: 400,
  },
  'while-away type': {
    ...{ path: () => 'PractitionerRole/$while-away', init: nothing, may: isProfessional },
    status: 404,
  },
  'keep-cover-note instance': {
    ...own('keep-cover-note'),
    ...{ init: nothing, may: isProfessional, status: 404 },
  },
  'who-covers instance': { ...own('who-covers'), may: isPerson, status: 200 },
  'today system': { path: () => '$today', may: isPerson, status: 200 },
  'my-tasks system': { path: () => '$my-tasks', may: isPerson, status: 200 },
  'caseload system': { path: () => '$caseload', may: isPerson, status: 200 },
}

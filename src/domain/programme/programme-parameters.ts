import type { PlanDefinition, RequestGroup } from '@medplum/fhirtypes'
import { measure } from '#domain/case/measures.ts'
import {
  as,
  day,
  group,
  type In,
  id,
  idOf,
  integer,
  list,
  must,
  namedReference,
  optional,
  parameters,
  record,
  text,
  wordOf,
  yes,
} from '#domain/fhir/parameters.ts'
import { type CriterionAnswer, checkKinds } from './criteria.ts'
import type { FidelityState } from './fidelity.ts'
import { endReasons, type PlannedKind, pauseReasons, plannedKinds } from './programme.ts'
import { outreachOutcomes, outreachWays, stepKinds } from './programme-entry.ts'
import type { WhyLeftOut } from './why-left-out.ts'

/** One of these words; every other is refused. */
const choice = <T extends string>(words: readonly T[]) =>
  must(wordOf<T>(), (word) => words.includes(word), `must be one of ${words.join(', ')}`)

/** The input of `$save-programme`: the whole definition; the service counts its versions. */
export const saveProgrammeRequest = parameters({
  ...{ id, title: text, purpose: text, retired: yes },
  owner: optional(namedReference),
  /** the version that was changed; 0 for a new programme */
  version: integer,
  criteria: as(
    'criterion',
    list(
      group({
        words: text,
        check: optional(
          group({
            kind: choice(checkKinds),
            value: optional(integer),
            words: optional(text),
          }),
        ),
      }),
    ),
  ),
  pauses: as('pause', list(choice(pauseReasons))),
  ends: as('end', list(choice(endReasons))),
  monthsWithoutContact: integer,
  notWith: list(text),
  contents: as(
    'content',
    list(group({ kind: choice(plannedKinds), weeks: integer, form: optional(text) })),
  ),
})

/** Counts of one programme; rounded for those who may not list its people. */
const counts = group({
  ...{ invited: measure, neverReached: measure, entered: measure, paused: measure },
  ...{ ended: measure, declined: measure },
  /** of what it plans: for how many people it was done, and for how many nothing is recorded */
  contents: as(
    'content',
    list(
      group({
        ...{ kind: wordOf<PlannedKind>(), weeks: integer, form: optional(text) },
        ...{ done: measure, partly: measure, notDone: measure, notRecorded: measure },
        /** planned by an earlier version only, for those who were invited under it */
        earlier: optional(yes),
      }),
    ),
  ),
})

/** The result of `$programmes`. */
export const programmesParameters = parameters({
  mayAdd: yes,
  programmes: as(
    'programme',
    list(group({ definition: record<PlanDefinition>('PlanDefinition'), mayChange: yes, counts })),
  ),
})
export type ProgrammeCounts = In<typeof programmesParameters>['programmes'][number]['counts']

const line = group({
  ...{ kind: wordOf<PlannedKind>(), weeks: integer, form: optional(text) },
  ...{ planned: integer, done: integer, state: wordOf<FidelityState>() },
})

const fidelity = group({
  lines: as('line', list(line)),
  tasks: group({ done: integer, open: integer, notDone: integer }),
  lastContact: optional(day),
  longWithoutContact: optional(yes),
})

/** why nobody goes on with the person: counted nowhere while they are in it */
const leftOut = optional(wordOf<WhyLeftOut>())

/** The result of `$programme-people`: who is or was in it, whom the caller may see. */
export const programmePeople = parameters({
  programme: record<PlanDefinition>('PlanDefinition'),
  people: as(
    'person',
    list(
      group({
        ...{ id: idOf('Patient'), family: text, given: text, birthDate: text },
        entry: record<RequestGroup>('RequestGroup'),
        fidelity: optional(fidelity),
        leftOut,
      }),
    ),
  ),
})

/** what the record shows of who may enter */
const criteria = as('criterion', list(group({ words: text, answer: wordOf<CriterionAnswer>() })))

/** The result of `$person-programmes`: the person’s entries, and for staff what could come. */
export const personProgrammes = parameters({
  entries: as(
    'entry',
    list(
      group({
        entry: record<RequestGroup>('RequestGroup'),
        /** as it was defined then */
        definition: record<PlanDefinition>('PlanDefinition'),
        fidelity: optional(fidelity),
        /** of that version, for professionals */
        criteria,
        excludedBy: list(text),
      }),
    ),
  ),
  /** programmes in use, with what the record shows of who may enter */
  programmes: as(
    'programme',
    list(
      group({
        definition: record<PlanDefinition>('PlanDefinition'),
        criteria,
        /** titles of programmes that the person is in and that exclude it */
        excludedBy: list(text),
        /** they said no to it before, or stopped it: inviting them again needs a reason */
        wasDeclined: yes,
      }),
    ),
  ),
  leftOut,
  /** the record in use, if this one was joined to it */
  inUse: optional(id),
})

/** The input of `$programme-step`. */
export const programmeStepRequest = parameters({
  programme: text,
  /** the entry that it follows; empty: an invitation */
  entry: text,
  /** of a new entry: its id, made by the caller, so that it can be sent again */
  newId: optional(
    must(
      text,
      (said) => /^[A-Za-z0-9\-.]{1,64}$/.test(said),
      'must be an id: letters, digits, - and ., 64 at most',
    ),
  ),
  /** how many steps the caller saw */
  seen: integer,
  kind: choice(stepKinds),
  day,
  way: optional(choice(outreachWays)),
  outcome: optional(choice(outreachOutcomes)),
  callBackOn: optional(day),
  reason: optional(choice([...pauseReasons, ...endReasons])),
  words: text,
  against: text,
})
export type StepRequest = In<typeof programmeStepRequest>

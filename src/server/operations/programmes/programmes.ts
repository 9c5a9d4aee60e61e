import type { Measure } from '#domain/case/measures.ts'
import { shownCount } from '#domain/population/shown-counts.ts'
import { type Fidelity, fidelityOf } from '#domain/programme/fidelity.ts'
import type { PlannedContent } from '#domain/programme/programme.ts'
import { type EntryState, entryState, outreachOf } from '#domain/programme/programme-entry.ts'
import { programmesParameters } from '#domain/programme/programme-parameters.ts'
import { isLeftOpen } from '#domain/programme/why-left-out.ts'
import type { Operation } from '#server/operations/operation.ts'
import { countedBy } from '#server/operations/population/people-sql.ts'
import { doneFacts, nothingDone } from './done-facts.ts'
import { type EntryRow, entryRows } from './entry-rows.ts'
import { mayChangeProgramme, storedProgrammes } from './stored-programmes.ts'

/** The programmes, and how many people are in each: exact for those who may list them, else in fives. */
export const programmesOperation: Operation = {
  name: 'programmes',
  on: 'type',
  type: 'PlanDefinition',
  changes: false,
  purpose:
    'The programmes, as PlanDefinition, with how many people the caller may see in each, and for how many of them what is planned was done; rounded to the nearest five for managers, none below five',
  async run(call) {
    const { context, actor, now, today } = call
    const counted = countedBy(call)
    const reading = { ...counted, now, zone: context.zone }
    const isRounded = counted.exactness === 'rounded'
    const all = await entryRows(reading, { withAll: !isRounded })
    const rows = all.filter(({ entry, leftOut }) => !isLeftOpen(entry, leftOut))
    const facts = await doneFacts(
      reading,
      rows.map(({ entry }) => entry.person),
    )
    const programmes = await storedProgrammes(context.service.sql)
    const count = shownCount(counted.exactness)
    return programmesParameters.write({
      mayAdd: actor.role === 'admin',
      programmes: programmes.map(({ definition, programme }) => {
        const theirs = rows.filter(({ entry }) => entry.programme === programme.id)
        const done = theirs.flatMap(({ entry }) => {
          const about = { facts: facts.get(entry.person) ?? nothingDone, today }
          return fidelityOf(programme.contents, entry, about) ?? []
        })
        return {
          definition,
          mayChange: mayChangeProgramme(actor, programme),
          counts: {
            ...countsOf(theirs, count),
            contents: programme.contents.map((content, at) =>
              contentCounts(content, { done, at, count }),
            ),
          },
        }
      }),
    })
  },
}

type Count = (count: number) => Measure

function countsOf(rows: readonly EntryRow[], count: Count) {
  const inState = (state: EntryState) => rows.filter(({ entry }) => entryState(entry) === state)
  return {
    invited: count(inState('invited').length),
    neverReached: count(
      inState('invited').filter(({ entry }) => outreachOf(entry).neverReached).length,
    ),
    entered: count(inState('entered').length),
    paused: count(inState('paused').length),
    ended: count(inState('ended').length),
    declined: count(inState('declined').length),
  }
}

type Counting = Readonly<{ done: readonly Fidelity[]; at: number; count: Count }>

function contentCounts(content: PlannedContent, { done, at, count }: Counting) {
  const inState = (state: string) =>
    count(done.filter(({ lines }) => lines[at]?.state === state).length)
  return {
    ...content,
    ...{ done: inState('done'), partly: inState('partly') },
    ...{ notDone: inState('not-done'), notRecorded: inState('not-recorded') },
  }
}

import type { Measure } from '#domain/case/measures.ts'
import { shownCount } from '#domain/population/shown-counts.ts'
import { type Fidelity, fidelityOf } from '#domain/programme/fidelity.ts'
import { contentKey, type PlannedContent, type Programme } from '#domain/programme/programme.ts'
import {
  type EntryState,
  entryState,
  isOpenEntry,
  outreachOf,
} from '#domain/programme/programme-entry.ts'
import { programmesParameters } from '#domain/programme/programme-parameters.ts'
import { isLeftOpen } from '#domain/programme/why-left-out.ts'
import type { Operation } from '#server/operations/operation.ts'
import { countedBy } from '#server/operations/population/people-sql.ts'
import { doneFacts, nothingDone } from './done-facts.ts'
import { type EntryRow, entryRows } from './entry-rows.ts'
import { definedThen, mayChangeProgramme, storedProgrammes } from './stored-programmes.ts'

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
    const rows = onceEach(all.filter(({ entry, leftOut }) => !isLeftOpen(entry, leftOut)))
    const facts = await doneFacts(
      reading,
      rows.map(({ kept }) => kept),
    )
    const programmes = await storedProgrammes(context.service.sql)
    const asDefined = await definedThen(
      context.service.sql,
      rows.map(({ entry }) => entry),
      programmes,
    )
    const count = shownCount(counted.exactness)
    return programmesParameters.write({
      mayAdd: actor.role === 'admin',
      programmes: programmes.map(({ definition, programme }) => {
        const theirs = rows.filter(({ entry }) => entry.programme === programme.id)
        const done = theirs.flatMap(({ entry, kept }) => {
          const about = { facts: facts.get(kept) ?? nothingDone, today }
          const { contents } = asDefined(entry)?.programme ?? programme
          return fidelityOf(contents, entry, about) ?? []
        })
        return {
          definition,
          mayChange: mayChangeProgramme(actor, programme),
          counts: { ...countsOf(theirs, count), contents: contentCounts(programme, done, count) },
        }
      }),
    })
  },
}

/** Whoever is in a programme under two records that were joined since is counted once, under the record in use. */
function onceEach(rows: readonly EntryRow[]): readonly EntryRow[] {
  const open = rows.filter(({ entry }) => isOpenEntry(entry))
  const first = new Map<string, EntryRow>()
  for (const row of open.toSorted((one) => (one.kept === one.entry.person ? -1 : 1))) {
    const key = `${row.kept}|${row.entry.programme}`
    if (!first.has(key)) first.set(key, row)
  }
  const counted = new Set(first.values())
  return rows.filter((row) => !isOpenEntry(row.entry) || counted.has(row))
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

/**
 * What the programme plans now, then what only an earlier version plans for somebody who was invited under it: everybody
 * is counted by their own version.
 */
function contentCounts({ contents }: Programme, done: readonly Fidelity[], count: Count) {
  const planned = new Map<string, PlannedContent>(contents.map((each) => [contentKey(each), each]))
  const now = new Set(planned.keys())
  const lines = done.flatMap((each) => each.lines)
  for (const { kind, weeks, form } of lines) {
    const content = { kind, weeks, ...(form ? { form } : {}) }
    if (!planned.has(contentKey(content))) planned.set(contentKey(content), content)
  }
  return [...planned].map(([key, content]) => {
    const theirs = lines.filter((each) => contentKey(each) === key)
    const inState = (state: string) => count(theirs.filter((each) => each.state === state).length)
    return {
      ...content,
      ...{ done: inState('done'), partly: inState('partly') },
      ...{ notDone: inState('not-done'), notRecorded: inState('not-recorded') },
      ...(now.has(key) ? {} : { earlier: true }),
    }
  })
}

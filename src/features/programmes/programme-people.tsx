import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'react-router'
import { clockToday } from '#client/clock.ts'
import { programmePeopleQuery } from '#client/queries/programmes/programmes.ts'
import { ageOn } from '#domain/calendar/age.ts'
import type { Programme } from '#domain/programme/programme.ts'
import {
  callBackDay,
  entryState,
  isOpenEntry,
  type ProgrammeEntry,
} from '#domain/programme/programme-entry.ts'
import { isLeftOpen, type WhyLeftOut } from '#domain/programme/why-left-out.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { PersonName } from '#ui/text/person-name.tsx'
import { NeverReached } from './entry-card.tsx'
import { FidelityList, type ShownFidelity } from './fidelity-list.tsx'
import { stateLabels, stateMarks, whyLeftOutLabels } from './programme-labels.ts'
import { StepList } from './step-list.tsx'

type Row = Readonly<{
  id: string
  family: string
  given: string
  birthDate: string
  entry: ProgrammeEntry
  fidelity?: ShownFidelity
  leftOut?: WhyLeftOut
}>

/** Who is in a programme; on request who was. */
export function ProgrammePeople({ programme }: { programme: Programme }) {
  const { t } = useLingui()
  const [query] = useSearchParams()
  const { data } = useSuspenseQuery(programmePeopleQuery(programme.id))
  const withEnded = query.get('who') === 'all'
  const left = data.filter(({ entry, leftOut }) => isLeftOpen(entry, leftOut))
  const others = data.filter(({ entry, leftOut }) => !isLeftOpen(entry, leftOut))
  const open = others.filter(({ entry }) => isOpenEntry(entry))
  const shown = withEnded ? others : open
  return (
    <section className="gable-section" aria-label={t`People`}>
      <h2>
        <Trans>People</Trans> ({shown.length})
      </h2>
      <nav className="gable-subnav" aria-label={t`Who is shown`}>
        <ul>
          <li>
            <Link to="?" aria-current={withEnded ? undefined : 'page'}>
              <Trans>Now ({open.length})</Trans>
            </Link>
          </li>
          <li>
            <Link to="?who=all" aria-current={withEnded ? 'page' : undefined}>
              <Trans>Everyone, with those who left ({others.length})</Trans>
            </Link>
          </li>
        </ul>
      </nav>
      {shown.length === 0 ? (
        <EmptyState title={<Trans>Nobody</Trans>}>
          <p>
            <Trans>People are invited from their own page, under “Programmes”.</Trans>
          </p>
        </EmptyState>
      ) : (
        <Rows rows={shown} />
      )}
      {left.length > 0 ? (
        <>
          <h3>
            <Trans>Not counted: nobody goes on with them</Trans> ({left.length})
          </h3>
          <p>
            <Trans>
              They died, said no, or their record is no longer in use. Somebody ends it on their
              page.
            </Trans>
          </p>
          <Rows rows={left} />
        </>
      ) : null}
    </section>
  )
}

function Rows({ rows }: { rows: readonly Row[] }) {
  return (
    <ul className="gable-boxed-rows">
      {rows.map((row) => (
        <PersonRow key={row.entry.id} row={row} />
      ))}
    </ul>
  )
}

function PersonRow({ row }: { row: Row }) {
  const { id, family, given, birthDate, entry, fidelity } = row
  const { i18n } = useLingui()
  const state = entryState(entry)
  const age = birthDate ? ageOn(birthDate, clockToday()) : undefined
  const last = entry.steps.at(-1)
  return (
    <li className="programme-row">
      <h3>
        <Link to={`/people/${id}/programmes`}>
          <PersonName family={family} given={given} />
        </Link>
        {age === undefined ? null : <>, {age}</>}
      </h3>
      <p>
        <StateMark state={stateMarks[state]}>{i18n._(stateLabels[state])}</StateMark>
        {last ? (
          <span className="gable-meta">
            {' '}
            <Trans>
              since <DateText date={last.day} />
            </Trans>
          </span>
        ) : null}{' '}
        {row.leftOut ? (
          <StateMark state="failed">{i18n._(whyLeftOutLabels[row.leftOut])}</StateMark>
        ) : (
          <Reaching entry={entry} />
        )}
      </p>
      {fidelity ? <FidelityList fidelity={fidelity} /> : null}
      <details>
        <summary>
          <Trans>Steps</Trans> ({entry.steps.length})
        </summary>
        <StepList steps={entry.steps} />
      </details>
    </li>
  )
}

/** Whether they were never reached, and when somebody calls them back. */
function Reaching({ entry }: { entry: ProgrammeEntry }) {
  const callOn = callBackDay(entry)
  return (
    <>
      <NeverReached entry={entry} />
      {callOn && entryState(entry) === 'invited' ? (
        <StateMark state={callOn <= clockToday() ? 'due' : 'new'}>
          <Trans>
            Call back on <DateText date={callOn} />
          </Trans>
        </StateMark>
      ) : null}
    </>
  )
}

import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Link } from 'react-router'
import type { Programme } from '#domain/programme/programme.ts'
import {
  entryState,
  outreachOf,
  type ProgrammeEntry,
  type StepKind,
} from '#domain/programme/programme-entry.ts'
import { stepsLeft, type WhyLeftOut } from '#domain/programme/why-left-out.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Card } from '#ui/layout/card.tsx'
import { FidelityList, type ShownFidelity } from './fidelity-list.tsx'
import { stateLabels, stateMarks, stepLabels } from './programme-labels.ts'
import { StepForm } from './step-form.tsx'
import { StepList } from './step-list.tsx'

type Props = Readonly<{
  /** the record that is open: an entry of one that was joined to it goes on here */
  person: string
  entry: ProgrammeEntry
  programme: Programme | undefined
  fidelity: ShownFidelity | undefined
  /** whether the record asks for a reason before they enter */
  asksWhy: boolean
  leftOut: WhyLeftOut | undefined
}>

/** One person’s way through one programme: where it stands, what can come next, what was done. */
export function EntryCard({ person, entry, programme, fidelity, asksWhy, leftOut }: Props) {
  const { i18n } = useLingui()
  const [kind, setKind] = useState<StepKind>()
  const [savedAfter, setSavedAfter] = useState<number>()
  const [isSaving, setIsSaving] = useState(false)
  // a step is on its way, or was saved and is not shown yet: the next one would not follow it
  const isBehind = isSaving || savedAfter === entry.steps.length
  const state = entryState(entry)
  return (
    <Card title={<Link to={`/find/programmes/${entry.programme}`}>{entry.title}</Link>}>
      <p>
        <StateMark state={stateMarks[state]}>{i18n._(stateLabels[state])}</StateMark>{' '}
        {leftOut ? null : <NeverReached entry={entry} />}
      </p>
      {entry.person === person ? null : (
        <p className="gable-meta">
          <Trans>
            Written on the record that was joined to this one. It goes back there if the two are
            separated.
          </Trans>
        </p>
      )}
      <div className="programme-deeds">
        {stepsLeft(state, leftOut).map((each) => (
          <Button
            key={each}
            variant="outline"
            disabled={isBehind}
            aria-label={`${i18n._(stepLabels[each])}: ${entry.title}`}
            onClick={() => setKind(each)}
          >
            {i18n._(stepLabels[each])}
          </Button>
        ))}
      </div>
      {kind ? (
        <StepForm
          key={kind}
          person={person}
          asksWhy={kind === 'entered' && asksWhy}
          // another step may have been opened while this one was being saved
          onClose={() => setKind((open) => (open === kind ? undefined : open))}
          onSaving={setIsSaving}
          onSaved={() => setSavedAfter(entry.steps.length)}
          {...{ kind, programme, entry, leftOut }}
        />
      ) : null}
      {fidelity ? (
        <>
          <h3>
            <Trans>What was done of what is planned</Trans>
          </h3>
          <FidelityList fidelity={fidelity} />
        </>
      ) : null}
      <h3>
        <Trans>Steps</Trans>
      </h3>
      <StepList steps={entry.steps} />
      <p className="gable-meta">
        <Trans>As the programme was defined in version {entry.version}.</Trans>
      </p>
    </Card>
  )
}

/** Our own figure: three attempts that reached nobody. */
export function NeverReached({ entry }: { entry: ProgrammeEntry }) {
  const { attempts, neverReached } = outreachOf(entry)
  if (entryState(entry) !== 'invited' || !neverReached) return null
  return (
    <StateMark state="due">
      <Trans>Never reached, after {attempts} attempts</Trans>
    </StateMark>
  )
}

import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { keepCycle } from '#client/queries/insight/learning-cycles.ts'
import type { LearningCycle, LearningCycles } from '#domain/outcome/cycle/learning-cycle.ts'
import { useValueWords } from '#features/outcomes/use-value-words.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { CycleForm } from './cycle-form.tsx'
import { useCycleComparison } from './use-cycle-comparison.ts'

type Props = Readonly<{ all: LearningCycles; cycle: LearningCycle }>

/** One thing that was tried: what we hoped, what happened, and what we decided. */
export function CycleRow({ all, cycle }: Props) {
  const [isChanging, setChanging] = useState(false)
  const { mark, tried, placeNames, from } = cycle
  return (
    <li className="tried__cycle">
      {mark ? (
        <span className="tried__mark" aria-hidden="true">
          {mark}
        </span>
      ) : null}
      <div className="tried__words">
        <h3>
          {mark ? <span className="nhsuk-u-visually-hidden">{mark}: </span> : null}
          <bdi>{tried}</bdi>
        </h3>
        <p className="tried__small">
          {placeNames.join(', ')}
          {', '}
          <Trans>
            since <DateText date={from} />
          </Trans>
        </p>
        {isChanging ? (
          <CycleForm all={all} cycle={cycle} onDone={() => setChanging(false)} />
        ) : (
          <>
            <Told cycle={cycle} />
            <Acts cycle={cycle} onChange={() => setChanging(true)} />
          </>
        )}
      </div>
    </li>
  )
}

function Told({ cycle }: Readonly<{ cycle: LearningCycle }>) {
  const valueWords = useValueWords(cycle.unit)
  const comparison = useCycleComparison(cycle)
  const { hoped, figure, measureTitle, happened, by, on, organisationName } = cycle
  return (
    <>
      <dl className="tried__facts">
        <div>
          <dt>
            <Trans>What we hoped</Trans>
          </dt>
          <dd>
            <bdi>{hoped}</bdi>
            {measureTitle ? (
              <p className="tried__small">
                {measureTitle}
                {figure === undefined ? null : `: ${valueWords(figure)}`}
              </p>
            ) : null}
          </dd>
        </div>
        <div>
          <dt>
            <Trans>What happened</Trans>
          </dt>
          <dd>
            {happened ? <bdi>{happened}</bdi> : <Trans>Nobody has written it yet.</Trans>}
            {comparison ? <p>{comparison}</p> : null}
          </dd>
        </div>
        <div>
          <dt>
            <Trans>So</Trans>
          </dt>
          <dd>
            <Decision cycle={cycle} />
          </dd>
        </div>
      </dl>
      <p className="tried__small">
        <Trans>
          Written by {by}, {organisationName}, <DateText date={on} />
        </Trans>
      </p>
    </>
  )
}

function Decision({ cycle: { decision, decidedOn, until } }: Readonly<{ cycle: LearningCycle }>) {
  if (decision === 'open') return <Trans>Not decided yet</Trans>
  return (
    <>
      <strong>
        {decision === 'keep' ? <Trans>Keep</Trans> : null}
        {decision === 'spread' ? <Trans>Keep, and spread</Trans> : null}
        {decision === 'stop' ? <Trans>Stopped</Trans> : null}
        {decision === 'go-on' ? (
          <Trans>
            Go on until <DateText date={until} />
          </Trans>
        ) : null}
      </strong>
      <p className="tried__small">
        <Trans>
          decided on <DateText date={decidedOn} />
        </Trans>
      </p>
    </>
  )
}

function Acts({ cycle, onChange }: Readonly<{ cycle: LearningCycle; onChange: () => void }>) {
  const { t } = useLingui()
  const saving = useSaveState()
  const { withdrawn, decision, mayChange, tried } = cycle
  if (!mayChange) return null
  const takeOut = () => saving.run(() => keepCycle({ ...cycle, withdrawn: !withdrawn }))
  return (
    <div className="tried__acts">
      {withdrawn ? null : (
        <Button variant="outline" onClick={onChange}>
          {decision === 'open' ? (
            <Trans>Say what happened, or change it</Trans>
          ) : (
            <Trans>Change this</Trans>
          )}
          <span className="nhsuk-u-visually-hidden">: {tried}</span>
        </Button>
      )}
      <Button variant="link" pending={saving.pending} onClick={takeOut}>
        {withdrawn ? t`Put it back` : t`Take it out`}
        <span className="nhsuk-u-visually-hidden">: {tried}</span>
      </Button>
      <SaveNote saving={saving} />
    </div>
  )
}

import { Trans, useLingui } from '@lingui/react/macro'
import type { Fidelity } from '#domain/programme/fidelity.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { ContentText } from './content-text.tsx'
import { fidelityLabels, fidelityMarks } from './programme-labels.ts'

export type ShownFidelity = Omit<Fidelity, 'lastContact'> &
  Readonly<{ lastContact?: string; longWithoutContact?: boolean }>

/** Of what the programme plans, what the record says was done. */
export function FidelityList({ fidelity }: { fidelity: ShownFidelity }) {
  const { i18n } = useLingui()
  const { lines, tasks, lastContact, longWithoutContact } = fidelity
  const { done, open, notDone } = tasks
  return (
    <>
      <ul className="programme-lines">
        {lines.map((line) => (
          <li key={`${line.kind}${line.form ?? ''}${line.weeks}`}>
            <ContentText content={line} />{' '}
            <StateMark state={fidelityMarks[line.state]}>
              {i18n._(fidelityLabels[line.state])}
            </StateMark>
            {line.kind === 'contact' && line.planned > 0 ? (
              <span className="gable-meta">
                {' '}
                <Trans>
                  {line.done} of {line.planned}
                </Trans>
              </span>
            ) : null}
          </li>
        ))}
      </ul>
      <p className="gable-meta">
        <Trans>
          Tasks and promises since they entered: {done} done, {open} open, {notDone} not done.
        </Trans>{' '}
        {lastContact ? (
          <Trans>
            Last contact on record: <DateText date={lastContact} />.
          </Trans>
        ) : (
          <Trans>No contact is on record.</Trans>
        )}
      </p>
      {longWithoutContact ? (
        <p>
          <StateMark state="due">
            <Trans>Months without contact: ask whether it should end</Trans>
          </StateMark>
        </p>
      ) : null}
    </>
  )
}

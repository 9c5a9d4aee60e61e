import { Trans, useLingui } from '@lingui/react/macro'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { type PersonAtMeeting, takeStep } from '#client/queries/meetings/meetings.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'

/** Whether the person knows that the team talks about them: they asked themselves, or somebody told them. */
export function KnowsOfIt({ person }: Readonly<{ person: PersonAtMeeting }>) {
  const { t } = useLingui()
  const saving = useSaveState()
  const { talk, asks, given, mayWrite } = person
  const asked = asks.some(({ by }) => by.voice === 'person')
  if (asked || talk.told)
    return (
      <p>
        <StateMark state="agreed">
          <Trans>{given} knows that we talk about this</Trans>
        </StateMark>{' '}
        {talk.told ? (
          <span className="gable-meta">
            <Trans>
              told by {talk.told.by.name}, <DateText date={talk.told.at} />
            </Trans>
          </span>
        ) : null}
      </p>
    )
  const isOpen = talk.state === 'planned' || talk.state === 'now'
  return (
    <div>
      <StateMark state="missing">
        <Trans>Nobody has said that {given} knows</Trans>
      </StateMark>{' '}
      {mayWrite && isOpen ? (
        <Button
          variant="link"
          pending={saving.pending}
          onClick={() => void saving.run(() => takeStep({ talk: talk.id, kind: 'told' }))}
        >
          {t`${given} knows`}
        </Button>
      ) : null}
      <SaveNote saving={saving} />
    </div>
  )
}

import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { clockToday } from '#client/clock.ts'
import { asAnother, useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { planQueries } from '#client/queries/care-plan/plan.ts'
import { useRestrictions } from '#client/queries/consent/restrictions.ts'
import { colleaguesQuery } from '#client/queries/coordination/care-team.ts'
import { MeetingMovedOn } from '#client/queries/meetings/meeting-moved-on.ts'
import { recordDecision } from '#client/queries/meetings/meetings.ts'
import { isWholeDay } from '#domain/calendar/days.ts'
import type { RecordDecision } from '#domain/meeting/meeting-parameters.ts'
import { type DecisionKind, decisionKinds, type TeamTalk } from '#domain/meeting/team-talk.ts'
import { NotSavedYet, SaveNote } from '#features/parts/save-note.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { decisionKindLabels } from './labels.ts'

type Typed = Readonly<{
  id: string
  words: string
  kind: DecisionKind
  owner: string
  by: string
  to: string
  goal: string
  against: string
  why: string
}>

const empty = (): Typed => ({
  ...{ id: crypto.randomUUID(), words: '', kind: 'task', owner: '', by: '', to: '', goal: '' },
  ...{ against: '', why: '' },
})

function faultsIn(typed: Typed) {
  const { words, owner, by, kind, to, goal, against, why } = typed
  return {
    words: words.trim() === '',
    owner: owner === '',
    by: !isWholeDay(by) || by < clockToday(),
    to: kind === 'referral' && to === '',
    goal: kind === 'plan' && goal === '',
    against: why.trim() !== '' && against.trim() === '',
  }
}

type Named = Readonly<{ reference: string; name: string }>

function requestOf(
  typed: Typed,
  { talk, owner, to }: Readonly<{ talk: string; owner: Named; to: Named | undefined }>,
): RecordDecision {
  const { id: newId, kind, words, by, goal, against, why } = typed
  return {
    ...{ talk, newId, kind, words: words.trim(), by },
    owner: { reference: owner.reference, name: owner.name },
    ...(kind === 'referral' && to ? { to: { reference: to.reference, name: to.name } } : {}),
    ...(kind === 'plan' ? { goal } : {}),
    dissent: why.trim() ? [{ by: against.trim(), words: why.trim() }] : [],
  }
}

type Props = Readonly<{ talk: TeamTalk; givenName: string }>

/** “We decide that …”: it can be added once it has one owner and one day. What is typed is kept on this device. */
export function DecisionForm({ talk, givenName }: Props) {
  const { t, i18n } = useLingui()
  const [fresh] = useState(empty)
  const [typed, setTyped, , , settle] = useDraft<Typed>(`decision-${talk.id}`, fresh)
  const [tried, setTried] = useState(false)
  const saving = useSaveState()
  const { data: colleagues } = useQuery(colleaguesQuery)
  const change = (fields: Partial<Typed>) => setTyped({ ...typed, ...fields })
  const faults = faultsIn(typed)
  const shown = tried ? faults : undefined
  const staff = colleagues?.staff ?? []
  const save = async () => {
    setTried(true)
    if (Object.values(faults).some(Boolean)) return
    const owner = staff.find(({ who }) => who.reference === typed.owner)?.who
    const to = colleagues?.organisations.find(({ reference }) => reference === typed.to)
    if (!owner) return
    const isSaved = await saving.run(async () => {
      try {
        await recordDecision(requestOf(typed, { talk: talk.id, owner, to }))
      } catch (error) {
        // the first try had arrived, in other words: what stands here now would be a decision more
        if (error instanceof MeetingMovedOn) setTyped(asAnother(typed))
        throw error
      }
    })
    if (!isSaved) return
    settle(typed, asAnother)
    setTyped(empty())
    setTried(false)
  }
  return (
    <div className="meeting-decide">
      <CheckedForm onSubmit={save}>
        <TextArea
          label={t`We decide that …`}
          rows={2}
          value={typed.words}
          onChange={(words) => change({ words })}
          error={shown?.words ? t`Write what you decide` : undefined}
        />
        <div className="meeting-decide__row">
          <SelectField
            label={t`It becomes`}
            value={typed.kind}
            onChange={(kind) => change({ kind: kind as DecisionKind })}
            options={decisionKinds.map((each) => ({
              ...{ value: each, label: i18n._(decisionKindLabels[each]) },
            }))}
          />
          <SelectField
            label={t`Who does it`}
            value={typed.owner}
            onChange={(owner) => change({ owner })}
            error={shown?.owner ? t`Choose one person` : undefined}
            options={[
              { value: '', label: t`Choose a name` },
              ...staff.map(({ who, role }) => ({
                ...{ value: who.reference, label: [who.name, role].filter(Boolean).join(', ') },
              })),
            ]}
          />
          <DateField
            label={t`By which day`}
            value={typed.by}
            onChange={(by) => change({ by })}
            error={shown?.by ? t`Enter today or a later day` : undefined}
          />
        </div>
        <DecisionAbout {...{ typed, change, talk, givenName, shown }} />
        <Dissent typed={typed} change={change} isNameMissing={shown?.against ?? false} />
        {saving.problem === 'moved-on' ? (
          <NotSavedYet>
            <Trans>
              Somebody sent the letter or put {givenName} off, or this was added already in other
              words. Look at the list above. What you typed is still here.
            </Trans>
          </NotSavedYet>
        ) : (
          <SaveNote saving={saving} />
        )}
        <Button type="submit" variant="outline" pending={saving.pending}>
          <Trans>Add it</Trans>
        </Button>
      </CheckedForm>
    </div>
  )
}

type AboutProps = Props &
  Readonly<{
    typed: Typed
    change: (fields: Partial<Typed>) => void
    shown: ReturnType<typeof faultsIn> | undefined
  }>

/** What only a referral and a change of the plan need. */
function DecisionAbout({ typed, change, talk, givenName, shown }: AboutProps) {
  const { t } = useLingui()
  const { data: colleagues } = useQuery(colleaguesQuery)
  if (typed.kind === 'referral')
    return (
      <SelectField
        label={t`Who is asked`}
        value={typed.to}
        onChange={(to) => change({ to })}
        error={shown?.to ? t`Choose who is asked` : undefined}
        options={[
          { value: '', label: t`Choose a service` },
          ...(colleagues?.organisations ?? []).map(({ reference, name }) => ({
            ...{ value: reference, label: name },
          })),
        ]}
      />
    )
  if (typed.kind !== 'plan') return null
  return (
    <GoalChoice
      person={talk.person}
      givenName={givenName}
      value={typed.goal}
      onChange={(goal) => change({ goal })}
      isMissing={shown?.goal ?? false}
    />
  )
}

type DissentProps = Readonly<{
  typed: Typed
  change: (fields: Partial<Typed>) => void
  isNameMissing: boolean
}>

function Dissent({ typed, change, isNameMissing }: DissentProps) {
  const { t } = useLingui()
  return (
    <details className="meeting-dissent" open={typed.why !== '' || typed.against !== ''}>
      <summary>
        <Trans>Somebody does not agree</Trans>
      </summary>
      <TextField
        label={t`Who`}
        value={typed.against}
        onChange={(against) => change({ against })}
        error={isNameMissing ? t`Enter who does not agree` : undefined}
      />
      <TextArea
        label={t`What they say`}
        rows={2}
        value={typed.why}
        onChange={(why) => change({ why })}
      />
    </details>
  )
}

type GoalProps = Readonly<{
  person: string
  givenName: string
  value: string
  onChange: (goal: string) => void
  isMissing: boolean
}>

function GoalChoice({ person, givenName, value, onChange, isMissing }: GoalProps) {
  const { t } = useLingui()
  const { data: house, isError } = useQuery(planQueries.house(person))
  const restrictionOf = useRestrictions()
  // the service refuses these: not everybody in the meeting may read them
  const goals = (house?.goals ?? []).filter(({ id }) => !restrictionOf(`Goal/${id}`))
  const failed = isError ? t`The plan could not be loaded. Try again.` : undefined
  return (
    <SelectField
      label={t`Which goal it changes`}
      hint={t`What you decide is suggested in its place. It stays as it is until whoever said it says yes. ${givenName} is told in the letter. A goal that not everybody in this meeting may read is changed in the plan itself.`}
      value={value}
      onChange={onChange}
      error={failed ?? (isMissing ? t`Choose a goal` : undefined)}
      options={[
        { value: '', label: t`Choose a goal` },
        ...goals.map(({ id, words }) => ({ value: id, label: words })),
      ]}
    />
  )
}

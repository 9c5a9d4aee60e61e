import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { careTeamQuery } from '#client/queries/coordination/care-team.ts'
import { safeguardingStep } from '#client/queries/social-care/safeguarding.ts'
import {
  isDutyMet,
  riskOutcomes,
  type ShownConcern,
  safeguardingDecisions,
  wishOutcomes,
} from '#domain/social-care/safeguarding.ts'
import { CarerFailure } from '#features/parts/carers/carer-failure.tsx'
import { Checkboxes } from '#ui/forms/checkboxes.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { RemoveMemberForm } from './remove-member-form.tsx'
import { useAround } from './use-around.ts'
import { useSafeguardingWords } from './use-safeguarding-words.ts'

type Props = Readonly<{ concern: ShownConcern }>

/** What the people of the enquiry can do next. */
export function ConcernActs({ concern }: Props) {
  const [act, setAct] = useState<'note' | 'close' | 'member' | 'remove' | 'source'>()
  const onDone = () => setAct(undefined)
  if (act === 'source') return <SourceForm {...{ concern, onDone }} />
  const addSource = (
    <Button variant="outline" onClick={() => setAct('source')}>
      <Trans>Add who may be a source of harm</Trans>
    </Button>
  )
  if (concern.state === 'to-decide')
    return (
      <>
        <DecideForm concern={concern} />
        <div className="carer-form__bar">{addSource}</div>
      </>
    )
  if (act === 'note' || act === 'close')
    return <WordsForm key={act} {...{ concern, onDone }} isEnd={act === 'close'} />
  if (act === 'member') return <MemberForm {...{ concern, onDone }} />
  if (act === 'remove') return <RemoveMemberForm {...{ concern, onDone }} />
  return (
    <div className="carer-form__bar">
      <Button variant="outline" onClick={() => setAct('note')}>
        <Trans>Write a note</Trans>
      </Button>
      {concern.state === 'enquiry' ? (
        <Button variant="outline" onClick={() => setAct('close')}>
          <Trans>Close the enquiry</Trans>
        </Button>
      ) : null}
      <Button variant="outline" onClick={() => setAct('member')}>
        <Trans>Let somebody take part</Trans>
      </Button>
      {concern.members.length > 0 ? (
        <Button variant="outline" onClick={() => setAct('remove')}>
          <Trans>Take somebody out</Trans>
        </Button>
      ) : null}
      {addSource}
    </div>
  )
}

/** The three conditions of section 42(1), and the decision with its reasons. */
function DecideForm({ concern }: Props) {
  const { t } = useLingui()
  const words = useSafeguardingWords()
  const [holds, setHolds] = useState<string[]>([])
  const [what, setWhat] = useState('')
  const [reasons, setReasons] = useState('')
  const [tried, setTried] = useState(false)
  const { pending, failure, run } = useAsyncAction()
  const said = {
    hasNeeds: holds.includes('needs'),
    isAtRisk: holds.includes('risk'),
    cannotProtect: holds.includes('protect'),
  }
  const isMet = isDutyMet(said)
  const allowed = safeguardingDecisions.filter((each) => (each === 'enquiry') === isMet)
  const chosen = allowed.find((each) => each === what)
  const save = async () => {
    setTried(true)
    if (!chosen || reasons.trim() === '') return
    const { id, version } = concern
    await run(() =>
      safeguardingStep({ id, version, kind: 'decide', what: chosen, words: reasons, ...said }),
    )
  }
  return (
    <CheckedForm className="carer-form" onSubmit={save}>
      <Checkboxes
        legend={t`Which of these hold? (Care Act 2014, section 42)`}
        name={`holds-${concern.id}`}
        values={holds}
        onChange={setHolds}
        options={[
          { value: 'needs', label: t`The adult has needs for care and support, met or not` },
          { value: 'risk', label: t`They experience abuse or neglect, or are at risk of it` },
          { value: 'protect', label: t`Because of these needs they cannot protect themselves` },
        ]}
      />
      <Radios
        legend={isMet ? t`The duty to make enquiries is met` : t`The duty is not met`}
        name={`what-${concern.id}`}
        value={chosen ?? ''}
        onChange={setWhat}
        error={tried && !chosen ? t`Choose what you decide` : undefined}
        options={allowed.map((value) => ({ value, label: words.decisions[value] }))}
      />
      <TextArea
        label={t`Your reasons`}
        rows={3}
        maxLength={2000}
        value={reasons}
        onChange={setReasons}
        error={tried && reasons.trim() === '' ? t`Give your reasons` : undefined}
      />
      <CarerFailure failure={failure} />
      <Button type="submit" pending={pending}>
        <Trans>Record the decision</Trans>
      </Button>
    </CheckedForm>
  )
}

type DoneProps = Props & Readonly<{ onDone: () => void }>

/** A note, or the end of the enquiry with what came of it. */
function WordsForm({ concern, isEnd, onDone }: DoneProps & Readonly<{ isEnd: boolean }>) {
  const { t } = useLingui()
  const labels = useSafeguardingWords()
  const [words, setWords] = useState('')
  const [risk, setRisk] = useState('remains')
  const [wishes, setWishes] = useState('not-said')
  const [tried, setTried] = useState(false)
  const { pending, failure, run } = useAsyncAction()
  const save = async () => {
    setTried(true)
    if (words.trim() === '') return
    const step = {
      ...{ id: concern.id, version: concern.version, words },
      kind: isEnd ? ('close' as const) : ('note' as const),
      risk: riskOutcomes.find((each) => each === risk) ?? ('remains' as const),
      wishes: wishOutcomes.find((each) => each === wishes) ?? ('not-said' as const),
    }
    if (await run(() => safeguardingStep(step))) onDone()
  }
  return (
    <CheckedForm className="carer-form" onSubmit={save}>
      {isEnd ? (
        <>
          <Radios
            legend={t`What came of the risk?`}
            name={`risk-${concern.id}`}
            value={risk}
            onChange={setRisk}
            options={riskOutcomes.map((value) => ({ value, label: labels.risks[value] }))}
          />
          <Radios
            legend={t`And of what the person wanted?`}
            name={`wishes-${concern.id}`}
            value={wishes}
            onChange={setWishes}
            options={wishOutcomes.map((value) => ({ value, label: labels.wishes[value] }))}
          />
        </>
      ) : null}
      <TextArea
        label={isEnd ? t`What was found and agreed` : t`Note`}
        rows={3}
        maxLength={2000}
        value={words}
        onChange={setWords}
        error={tried && words.trim() === '' ? t`Write it down in words` : undefined}
      />
      <CarerFailure failure={failure} />
      <div className="carer-form__bar">
        <Button type="submit" pending={pending}>
          {isEnd ? <Trans>Close the enquiry</Trans> : <Trans>Save the note</Trans>}
        </Button>
        <Button variant="link" onClick={onDone}>
          <Trans>Close</Trans>
        </Button>
      </div>
    </CheckedForm>
  )
}

/** A professional of the team who reads the whole of it from then on. */
function MemberForm({ concern, onDone }: DoneProps) {
  const { t } = useLingui()
  const { data: team } = useSuspenseQuery(careTeamQuery(concern.patient))
  const [reference, setReference] = useState('')
  const { pending, failure, run } = useAsyncAction()
  const isSource = (each: string) => concern.sources.some((source) => source.reference === each)
  const staff = (team?.members ?? [])
    .map(({ who }) => who)
    .filter((who) => who.reference.startsWith('Practitioner/') && !isSource(who.reference))
  const member = staff.find((who) => who.reference === reference)
  const save = async () => {
    if (!member) return
    const { id, version } = concern
    const named = { reference: member.reference, name: member.name }
    if (await run(() => safeguardingStep({ id, version, kind: 'add-member', member: named })))
      onDone()
  }
  return (
    <CheckedForm className="carer-form" onSubmit={save}>
      <SelectField
        label={t`Who takes part?`}
        hint={t`They read the whole concern from then on.`}
        value={reference}
        onChange={setReference}
        options={[
          { value: '', label: t`Choose somebody` },
          ...staff.map((who) => ({ value: who.reference, label: who.name })),
        ]}
      />
      <CarerFailure failure={failure} />
      <div className="carer-form__bar">
        <Button type="submit" pending={pending}>
          <Trans>Let them take part</Trans>
        </Button>
        <Button variant="link" onClick={onDone}>
          <Trans>Close</Trans>
        </Button>
      </div>
    </CheckedForm>
  )
}

/** Somebody more who may be a source of harm: they stop reading it at once. */
function SourceForm({ concern, onDone }: DoneProps) {
  const { t } = useLingui()
  const around = useAround(concern.patient)
  const [reference, setReference] = useState('')
  const [tried, setTried] = useState(false)
  const { pending, failure, run } = useAsyncAction()
  const others = around.filter(
    (each) => !concern.sources.some((source) => source.reference === each.reference),
  )
  const source = others.find((each) => each.reference === reference)
  const save = async () => {
    setTried(true)
    if (!source) return
    const { id, version } = concern
    if (await run(() => safeguardingStep({ id, version, kind: 'add-source', source }))) onDone()
  }
  return (
    <CheckedForm className="carer-form" onSubmit={save}>
      <SelectField
        label={t`Who may be a source of harm?`}
        hint={t`They never see this concern, whatever their role is. They are taken out of it at once.`}
        value={reference}
        onChange={setReference}
        error={tried && !source ? t`Choose somebody` : undefined}
        options={[
          { value: '', label: t`Choose somebody` },
          ...others.map((each) => ({ value: each.reference, label: each.name })),
        ]}
      />
      <CarerFailure failure={failure} />
      <div className="carer-form__bar">
        <Button type="submit" pending={pending}>
          <Trans>Add them</Trans>
        </Button>
        <Button variant="link" onClick={onDone}>
          <Trans>Close</Trans>
        </Button>
      </div>
    </CheckedForm>
  )
}

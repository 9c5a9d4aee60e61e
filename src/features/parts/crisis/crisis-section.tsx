import { Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useLocation } from 'react-router'
import { clockToday, dayHere, now } from '#client/clock.ts'
import { type RecordForm, useRecordForm, useSaveState } from '#client/forms/use-record-form.ts'
import { lookedAtCrisis, saveCrisis } from '#client/queries/worse/save-crisis.ts'
import {
  type CrisisPart,
  type CrisisPlan,
  crisisParts,
  isEmptyCrisis,
  linesIn,
} from '#domain/plan/crisis/crisis-plan.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import { type SaidBy, type Who, whatIfIdFor } from '#domain/plan/plan.ts'
import { personIn } from '#features/parts/goal/goal-reader.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { WishDocumentList } from '#features/parts/worse/wish-words.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { CrisisFields } from './crisis-fields.tsx'
import { crisisLabels } from './crisis-labels.ts'
import { CrisisLines } from './crisis-lines.tsx'
import './crisis.scss'

type Props = Readonly<{
  house: HouseRecord
  me: Who
  /** false for a carer with whom the roof is shared for reading only, and after a death */
  mayWrite: boolean
  /** how this page saves and cancels */
  bar: (editing: RecordForm<CrisisPlan>, onDone: () => void) => ReactNode
}>

/** What is agreed for a crisis in mental health, voice by voice. */
export function CrisisSection(props: Props) {
  const { house, me } = props
  const { crisis } = house
  const [begun, setBegun] = useState(false)
  const part = useRef<HTMLElement>(null)
  const isAsked = useLocation().hash === '#crisis'
  useEffect(() => {
    if (isAsked) part.current?.scrollIntoView()
  }, [isAsked])
  const caseId = crisis?.caseId ?? house.caseOfPlan?.id ?? ''
  // a professional begins the record of what to do if things get worse; anybody with the room writes in it
  const hasPlace = crisis !== undefined || me.voice === 'professional'
  const mayWrite = props.mayWrite && caseId !== '' && hasPlace
  const isShown = begun || (crisis && !isEmptyCrisis(crisis))
  return (
    <section ref={part} id="crisis" className="crisis gable-section" aria-labelledby="crisis-title">
      <h2 id="crisis-title">
        <Trans>Crisis plan</Trans>
      </h2>
      {isShown ? (
        <Parts {...props} mayWrite={mayWrite} caseId={caseId} isBegun={begun} />
      ) : (
        <NoneYet {...props} mayBegin={mayWrite} onBegin={() => setBegun(true)} />
      )}
    </section>
  )
}

function NoneYet(props: Props & Readonly<{ mayBegin: boolean; onBegin: () => void }>) {
  const { house, me, mayWrite, mayBegin, onBegin } = props
  const { givenName } = house
  return (
    <>
      <p>
        {me.voice === 'person' ? (
          <Trans>It says what helps you when your mind is very unwell. You have none yet.</Trans>
        ) : (
          <Trans>
            It says what helps {givenName} in a mental health crisis. There is none yet.
          </Trans>
        )}
      </p>
      {mayBegin ? (
        <Button variant="outline" onClick={onBegin}>
          <Trans>Write a crisis plan</Trans>
        </Button>
      ) : null}
      {mayWrite && !mayBegin && me.voice === 'person' ? (
        <p>
          <Trans>If you want one, ask your team to start it with you.</Trans>
        </p>
      ) : null}
    </>
  )
}

function Parts(props: Props & Readonly<{ caseId: string; isBegun: boolean }>) {
  const { crisis, wishDocuments } = props.house
  return (
    <>
      {crisisParts.map((part, place) => (
        <OnePart key={part} {...props} part={part} isBegun={props.isBegun && place === 0} />
      ))}
      {wishDocuments.length > 0 ? (
        <>
          <h3>
            <Trans>Signed documents</Trans>
          </h3>
          <WishDocumentList documents={wishDocuments} />
        </>
      ) : null}
      {crisis && !isEmptyCrisis(crisis) ? <Looked {...props} crisis={crisis} /> : null}
    </>
  )
}

type PartProps = Props &
  Readonly<{
    part: CrisisPart
    caseId: string
    /** it opens for writing */
    isBegun: boolean
  }>

function OnePart({ house, me, mayWrite, bar, part, caseId, isBegun }: PartProps) {
  const { i18n } = useLingui()
  const [open, setOpen] = useState(isBegun)
  const [isForPerson, setForPerson] = useState(true)
  const { person, crisis, plan } = house
  const editing = useRecordForm<CrisisPlan>({
    key: `crisis:${caseId}:${part}`,
    current: crisis,
    fresh: { id: whatIfIdFor(caseId), person, caseId, lines: [] },
    save: (edit) => saveCrisis(plan?.id, edit),
  })
  const at = now().toISOString()
  const toldByPerson: SaidBy = { by: personIn(house), helper: me, at }
  const said = me.voice === 'professional' && isForPerson ? toldByPerson : { by: me, at }
  const title = i18n._(crisisLabels[part])
  if (mayWrite && (open || editing.isDraft))
    return (
      <section className="crisis-part gable-form" aria-label={title}>
        <h3>{title}</h3>
        {me.voice === 'professional' ? (
          <WhoseWords {...{ house, part, isForPerson, onChange: setForPerson }} />
        ) : null}
        <CrisisFields key={said.by.reference} {...{ editing, part, said }} />
        {bar(editing, () => setOpen(false))}
      </section>
    )
  return (
    <section className="crisis-part" aria-label={title}>
      <h3>{title}</h3>
      <CrisisLines lines={crisis ? linesIn(crisis, part) : []} />
      {mayWrite ? (
        <Button variant="link" onClick={() => setOpen(true)}>
          <Trans>Write here</Trans>
          <span className="nhsuk-u-visually-hidden">: {title}</span>
        </Button>
      ) : null}
    </section>
  )
}

function WhoseWords(props: {
  house: HouseRecord
  part: CrisisPart
  isForPerson: boolean
  onChange: (isForPerson: boolean) => void
}) {
  const { t } = useLingui()
  const { house, part, isForPerson, onChange } = props
  return (
    <Radios
      legend={t`In whose words?`}
      name={`crisis-${part}`}
      inline
      value={isForPerson ? 'person' : 'mine'}
      onChange={(value) => onChange(value === 'person')}
      options={[
        { value: 'person', label: t`In ${house.givenName}’s words` },
        { value: 'mine', label: t`In the words of who writes it` },
      ]}
    />
  )
}

function Looked({ house, me, mayWrite, crisis }: Props & Readonly<{ crisis: CrisisPlan }>) {
  const saving = useSaveState()
  const { looked } = crisis
  const isToday = looked?.on === clockToday()
  const day = looked?.said?.at ? dayHere(looked.said.at) : looked?.on
  return (
    <>
      <p className="crisis-looked">
        {day ? (
          <Trans>
            Last looked at together: <DateText date={day} />
          </Trans>
        ) : (
          <Trans>Nobody has looked at it again yet.</Trans>
        )}
        {looked?.said?.by.name ? ` (${looked.said.by.name})` : null}
      </p>
      <SaveNote saving={saving} />
      {mayWrite && me.voice !== 'carer' && !isToday ? (
        <Button
          variant="outline"
          pending={saving.pending}
          onClick={() => void saving.run(() => lookedAtCrisis(house.plan?.id, crisis))}
        >
          <Trans>We looked at it together today</Trans>
        </Button>
      ) : null}
    </>
  )
}

import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { CutPart } from '#domain/card/for-sheet.ts'
import type { WhatIfStep } from '#domain/plan/plan.ts'
import type { Essentials } from '#domain/plan/worse/essentials.ts'
import { DayHours } from '#features/parts/call/day-hours.tsx'
import { PhoneText } from '#features/parts/call/phone-text.tsx'
import { crisisLabels } from '#features/parts/crisis/crisis-labels.ts'
import { WithEnglish } from '#features/parts/language/in-language.tsx'
import { WhoToCallThen } from '#features/parts/worse/what-if-levels.tsx'
import { wishDocumentLabels, wishLabels } from '#features/parts/worse/wish-labels.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { LevelMark } from '#ui/house/level-mark.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { OwnText } from '#ui/text/own-text.tsx'
import { PhoneLink } from '#ui/text/phone-link.tsx'
import { Quote } from '#ui/text/quote.tsx'

type Props = Readonly<{
  essentials: Essentials
  /** how many of each did not fit on the sheet */
  left?: Partial<Record<CutPart, number>>
}>

/** What to know first: allergies, illnesses, what is good to know, medicines, what to do, wishes, who to call, how to talk, what matters. */
export function EssentialsView({ essentials, left = {} }: Props) {
  const { livesAt, communication, illnesses, circumstances, matters } = essentials
  return (
    <div className="worse-essentials">
      <Part title={<Trans>Allergies</Trans>} isDanger={essentials.allergies.list.length > 0}>
        <AllergyWords essentials={essentials} />
        <More count={left.allergies} />
      </Part>
      {illnesses.length > 0 ? (
        <Part title={<Trans>Illnesses</Trans>}>
          <p>
            <OwnText>{illnesses.join('; ')}</OwnText>
          </p>
          <More count={left.illnesses} />
        </Part>
      ) : null}
      <Part title={<Trans>Medicines</Trans>}>
        <Lines lines={essentials.medicines} />
        <More count={left.medicines} />
      </Part>
      <Part
        title={
          <>
            <LevelMark level="red" size={18} /> <Trans>If it is very bad: the red plan</Trans>
          </>
        }
      >
        <RedPlan essentials={essentials} />
        <More count={left.situations} />
      </Part>
      <AmberPart essentials={essentials} />
      <CrisisLinesPart essentials={essentials} />
      <Part title={<Trans>Advance wishes</Trans>}>
        <WishLines essentials={essentials} />
      </Part>
      <Part title={<Trans>Who to call</Trans>}>
        <CarersIll essentials={essentials} />
        <NextOfKin essentials={essentials} />
        <More count={left.nextOfKin} />
      </Part>
      {livesAt ? (
        <Part title={<Trans>Lives in a care home</Trans>}>
          <p>
            <OwnText>{livesAt}</OwnText>
          </p>
        </Part>
      ) : null}
      <Part title={<Trans>How to talk with them</Trans>}>
        <p>{communication ? <OwnText>{communication}</OwnText> : <NotRecorded />}</p>
      </Part>
      {circumstances.length > 0 ? (
        <Part title={<Trans>Good to know</Trans>}>
          <p>
            <OwnText>{circumstances.join('; ')}</OwnText>
          </p>
          <More count={left.circumstances} />
        </Part>
      ) : null}
      {matters ? (
        <Part title={<Trans>What matters most to them</Trans>}>
          <Quote size="row">{matters}</Quote>
        </Part>
      ) : null}
      <WholePlanPart essentials={essentials} />
    </div>
  )
}

const More = ({ count = 0 }: { count?: number | undefined }) =>
  count > 0 ? (
    <p>
      <strong>
        <WithEnglish>
          <Plural value={count} one="# more in the plan" other="# more in the plan" />
        </WithEnglish>
      </strong>
    </p>
  ) : null

/** Who has the whole plan, and when they answer. */
function WholePlanPart({ essentials: { wholePlan, hours } }: Props) {
  const { coordinator, organisation, phone } = wholePlan
  if (!coordinator && !organisation) return null
  return (
    <Part title={<Trans>Who has the whole plan</Trans>}>
      <p>
        <OwnText>{[coordinator, organisation].filter(Boolean).join(', ')}</OwnText>{' '}
        {phone ? <PhoneLink number={phone} /> : null}
      </p>
      {phone ? (
        <p>
          <DayHours hours={hours} />
        </p>
      ) : null}
    </Part>
  )
}

const NotRecorded = () => (
  <WithEnglish>
    <Trans>Nothing is recorded, or you may not see it.</Trans>
  </WithEnglish>
)

function Part(props: { title: ReactNode; children: ReactNode; isDanger?: boolean }) {
  return (
    <section className={`worse-part ${props.isDanger ? 'is-danger' : ''}`}>
      <h2>
        <WithEnglish>{props.title}</WithEnglish>
      </h2>
      {props.children}
    </section>
  )
}

function Lines({ lines }: { lines: readonly string[] }) {
  if (lines.length === 0)
    return (
      <p>
        <NotRecorded />
      </p>
    )
  return (
    <ul>
      {lines.map((line) => (
        <li key={line}>
          <OwnText>{line}</OwnText>
        </li>
      ))}
    </ul>
  )
}

function AllergyWords({ essentials: { allergies } }: Props) {
  if (allergies.known && allergies.list.length === 0)
    return (
      <p>
        <WithEnglish>
          <Trans>No known allergies</Trans>
        </WithEnglish>
      </p>
    )
  return <Lines lines={allergies.list} />
}

function RedPlan({ essentials: { red, situations } }: Props) {
  const lines = situations.filter(({ level }) => level === 'red')
  if (!red && lines.length === 0)
    return (
      <p>
        <NotRecorded />
      </p>
    )
  return (
    <>
      {red ? <StepNow step={red} /> : null}
      <SituationWords lines={lines} />
    </>
  )
}

/** The step before it, if the plan says one. */
function AmberPart({ essentials: { amber, situations } }: Props) {
  const lines = situations.filter(({ level }) => level === 'amber')
  if (!amber && lines.length === 0) return null
  return (
    <Part
      title={
        <>
          <LevelMark level="amber" size={18} /> <Trans>If it gets worse: the amber plan</Trans>
        </>
      }
    >
      {amber ? <StepNow step={amber} /> : null}
      <SituationWords lines={lines} />
    </Part>
  )
}

/** What is agreed for a crisis in mental health, if there is a plan for it. */
function CrisisLinesPart({ essentials: { crisis } }: Props) {
  const { i18n } = useLingui()
  if (crisis.length === 0) return null
  return (
    <Part title={<Trans>Crisis plan</Trans>}>
      <dl>
        {crisis.map(({ part, words }, place) => (
          <div key={`${part}-${words}`}>
            {crisis[place - 1]?.part === part ? null : <dt>{i18n._(crisisLabels[part])}</dt>}
            <dd>
              <PhoneText text={words} />
            </dd>
          </div>
        ))}
      </dl>
    </Part>
  )
}

/** Each in a line of its own: it belongs to no other sign. */
const SituationWords = ({ lines }: { lines: Essentials['situations'] }) =>
  lines.map(({ words }) => (
    <p key={words}>
      <PhoneText text={words} />
    </p>
  ))

/** Beside who to call: who cannot come today, and who comes instead. */
const CarersIll = ({ essentials: { carersIll } }: Props) =>
  carersIll.map(({ name, stepIn }) => (
    <div key={name}>
      <p>
        <StateMark state="due">
          <Trans>{name} is ill today</Trans>
        </StateMark>
      </p>
      <ul>
        {stepIn.map((line) => (
          <li key={line}>
            <PhoneText text={line} />
          </li>
        ))}
      </ul>
      {stepIn.length === 0 ? (
        <p>
          <Trans>The plan does not say yet who steps in.</Trans>
        </p>
      ) : null}
    </div>
  ))

/** Both numbers, in the words of every other page: a sheet does not know the hour, and a screen may be read later. */
function StepNow({ step }: { step: WhatIfStep }) {
  return (
    <>
      <p>
        <OwnText>{step.sign}</OwnText>
      </p>
      <p>
        <strong>
          <PhoneText text={step.doWhat} />
        </strong>
      </p>
      <WhoToCallThen step={step} />
    </>
  )
}

function NextOfKin({ essentials: { nextOfKin } }: Props) {
  if (nextOfKin.length === 0)
    return (
      <p>
        <NotRecorded />
      </p>
    )
  return (
    <ul>
      {nextOfKin.map(({ name, relation, phone, isHomeAtNight }) => (
        <li key={name + phone}>
          <strong>{name}</strong>{' '}
          {isHomeAtNight ? (
            <>
              (
              <WithEnglish>
                <Trans>care home, at night</Trans>
              </WithEnglish>
              ){' '}
            </>
          ) : relation ? (
            <span>
              (<OwnText>{relation}</OwnText>){' '}
            </span>
          ) : null}
          <PhoneLink number={phone} />
        </li>
      ))}
    </ul>
  )
}

function WishLines({ essentials: { wishes, documents } }: Props) {
  const { i18n } = useLingui()
  if (wishes.length + documents.length === 0)
    return (
      <p>
        <NotRecorded />
      </p>
    )
  return (
    <dl>
      {wishes.map(({ part, words }) => (
        <div key={part}>
          <dt>{i18n._(wishLabels[part])}</dt>
          <dd>
            <OwnText>{words}</OwnText>
          </dd>
        </div>
      ))}
      {documents.map((each) => (
        <div key={each.sort + each.signedOn + each.keptAt}>
          <dt>{i18n._(wishDocumentLabels[each.sort])}</dt>
          <dd>
            {each.decider}{' '}
            {each.signedOn ? (
              <Trans>
                Signed on <DateText date={each.signedOn} />.
              </Trans>
            ) : null}{' '}
            {each.keptAt ? <Trans>Kept: {each.keptAt}.</Trans> : null}
          </dd>
        </div>
      ))}
    </dl>
  )
}

import { Trans, useLingui } from '@lingui/react/macro'
import { clockZone, now } from '#client/clock.ts'
import { isServiceOpen, type ServiceHours } from '#domain/contact/service-hours.ts'
import type { WhatIf, WhatIfLevel } from '#domain/plan/plan.ts'
import { numbersNow } from '#domain/plan/worse/numbers-now.ts'
import { DayHours } from '#features/parts/call/day-hours.tsx'
import { PhoneText } from '#features/parts/call/phone-text.tsx'
import { WithEnglish } from '#features/parts/language/in-language.tsx'
import { LevelMark } from '#ui/house/level-mark.tsx'
import { PhoneLink } from '#ui/text/phone-link.tsx'
import { colourLabels } from './colour-words.tsx'

type Props = Readonly<{ level: WhatIfLevel; whatIf?: WhatIf; hours?: ServiceHours }>

/** What the plan says to do now that today has this colour, with the number that answers at this hour. */
export function PlanNow({ level, whatIf, hours }: Props) {
  const step = whatIf?.[level]
  const isOpen = isServiceOpen(hours, { now: now(), zone: clockZone() })
  // the hours are those of a number that has another one for the night
  const isDay = step?.ringAtNight ? isOpen : undefined
  const numbers = step ? numbersNow(step, isDay) : []
  // “Ring 999” is not shown twice
  const isSaid = numbers.length === 1 && step?.doWhat.includes(numbers[0] ?? '')
  return (
    <div className={`worse-now is-${level}`}>
      <p className="worse-now__title">
        <LevelMark level={level} size={18} />{' '}
        <strong>
          <WithEnglish>
            <NowTitle level={level} />
          </WithEnglish>
        </strong>
      </p>
      <p>{step?.doWhat ? <PhoneText text={step.doWhat} /> : <Trans>It does not say yet.</Trans>}</p>
      {isSaid ? null : <NumbersNow level={level} numbers={numbers} isDay={isDay} />}
    </div>
  )
}

type Now = Readonly<{ level: WhatIfLevel; numbers: readonly string[]; isDay: boolean | undefined }>

function NumbersNow({ level, numbers, isDay }: Now) {
  if (numbers.length > 0) return <CallNow numbers={numbers} isDay={isDay} />
  return (
    <p>
      <WithEnglish>
        {level === 'red' ? (
          <Trans>
            Call <PhoneLink number="999" />
          </Trans>
        ) : (
          <Trans>
            If you are worried, call <PhoneLink number="111" />
          </Trans>
        )}
      </WithEnglish>
    </p>
  )
}

function NowTitle({ level }: Readonly<{ level: WhatIfLevel }>) {
  const { i18n } = useLingui()
  return (
    <>
      {i18n._(colourLabels[level])}: <Trans>what the plan says to do now</Trans>
    </>
  )
}

type CallProps = Readonly<{ numbers: readonly string[]; isDay: boolean | undefined }>

/** One number if it is known that it is answered now; otherwise each, with when it is for. */
function CallNow({ numbers: [first = '', second], isDay }: CallProps) {
  if (isDay === undefined && second)
    return (
      <>
        <NumberFor number={first} isDay />
        <NumberFor number={second} isDay={false} />
        <p>
          <DayHours />
        </p>
      </>
    )
  return <NumberFor number={first} isDay={isDay} />
}

function NumberFor({ number, isDay }: { number: string; isDay: boolean | undefined }) {
  return (
    <p>
      <WithEnglish>
        {isDay === undefined ? (
          <Trans>Call:</Trans>
        ) : isDay ? (
          <Trans>Call by day:</Trans>
        ) : (
          <Trans>Call at night and at weekends:</Trans>
        )}
      </WithEnglish>{' '}
      <PhoneLink className="worse-now__number" number={number} />
    </p>
  )
}

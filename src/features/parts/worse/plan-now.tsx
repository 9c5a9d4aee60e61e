import { Trans, useLingui } from '@lingui/react/macro'
import { clockZone, now } from '#client/clock.ts'
import type { WhatIf, WhatIfLevel } from '#domain/plan/plan.ts'
import { isDaytime, numberNow, serviceHours } from '#domain/plan/worse/call-hours.ts'
import { WithEnglish } from '#features/parts/language/in-language.tsx'
import { LevelMark } from '#ui/house/level-mark.tsx'
import { PhoneLink } from '#ui/text/phone-link.tsx'
import { colourLabels } from './colour-words.tsx'
import { PhoneText } from './phone-text.tsx'

/** What the plan says to do now that today has this colour, with the number that answers at this hour. */
export function PlanNow({ level, whatIf }: Readonly<{ level: WhatIfLevel; whatIf?: WhatIf }>) {
  const step = whatIf?.[level]
  const isDay = isDaytime(now(), clockZone())
  const number = step && numberNow(step, isDay)
  // “Ring 999” is not shown twice
  const isSaid = number !== undefined && step?.doWhat.includes(number)
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
      {isSaid ? null : <NumberNow level={level} number={number} isDay={isDay} />}
    </div>
  )
}

type Now = Readonly<{ level: WhatIfLevel; number: string | undefined; isDay: boolean }>

function NumberNow({ level, number, isDay }: Now) {
  if (number)
    return (
      <p>
        <WithEnglish>
          {isDay ? <Trans>Call by day:</Trans> : <Trans>Call at night and at weekends:</Trans>}
        </WithEnglish>{' '}
        <PhoneLink className="worse-now__number" number={number} />
      </p>
    )
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

/** When a number for the day is answered. */
export function DayHours() {
  const { from, until } = serviceHours
  return (
    <Trans>
      Day means Monday to Friday, <bdi>{from}</bdi> to <bdi>{until}</bdi>. Bank holidays count as
      night.
    </Trans>
  )
}
